package afterbell.journeys;

import afterbell.testing.Browsers;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Chapters of one journey follow each other: after the first that fails the rest says nothing of its own. */
final class StopAtFirstFault implements TestExecutionExceptionHandler, ExecutionCondition {
    private boolean failed;

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable fault) throws Throwable {
        failed = true;
        Browsers.photograph(Path.of("target/journeys"), context.getDisplayName().replaceAll("\\W+", ""));
        throw fault;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return failed && context.getTestMethod().isPresent() ? ConditionEvaluationResult.disabled("an earlier chapter failed") : ConditionEvaluationResult.enabled("so far so good");
    }
}
