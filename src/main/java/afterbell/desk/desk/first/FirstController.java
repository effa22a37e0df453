package afterbell.desk.desk.first;

import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.SecondFactorFirst;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.TaskSource;
import afterbell.desk.desk.SetupDoor;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class FirstController {
    private static final Comparator<TaskSource.Task> URGENCY = Comparator.<TaskSource.Task, Integer>comparing(t -> switch (t.state()) {
                case DANGER -> 0;
                case ATTENTION -> 1;
                case CALM -> 2;
                case DONE -> 3;
            })
            .thenComparing(t -> t.deadline() == null ? Instant.MAX : t.deadline());

    private final List<TaskSource> sources;
    private final TransactionTemplate transactions;
    private final Questions questions;
    private final SetupDoor setup;

    FirstController(List<TaskSource> sources, Questions questions, TransactionTemplate transactions, SetupDoor setup) {
        this.setup = setup;
        this.sources = sources;
        this.questions = questions;
        this.transactions = transactions;
    }

    @OpenToAll
    @GetMapping("/")
    ModelAndView first(@Nullable Person person) {
        if (person == null) return Pages.done(setup.open() ? "/setup" : "/sign-in");
        if (person.grants().isEmpty() && !person.held().isEmpty()) throw new SecondFactorFirst();
        if (person.grants().isEmpty()) return Pages.done("/waiting");
        List<TaskSource.Task> tasks = person.hats().stream().flatMap(this::of).sorted(URGENCY).toList();
        return Pages.show("desk/first/page", new FirstPage(person.name(), tasks));
    }

    private Stream<TaskSource.Task> of(Wearer hat) {
        return Scopes.within(hat.scope(), () -> {
            List<TaskSource.Task> tasks = transactions.execute(t -> Stream.concat(asked(hat), sources.stream().flatMap(s -> s.tasks(hat).stream())).toList());
            return tasks == null ? Stream.of() : tasks.stream();
        });
    }

    private Stream<TaskSource.Task> asked(Wearer hat) {
        List<TaskSource.Asked<?>> asked = sources.stream().flatMap(s -> s.asked(hat).stream()).toList();
        if (asked.isEmpty()) return Stream.of();
        Questions.Answers answers = questions.ask(asked.stream().map(TaskSource.Asked::question).toArray(Question<?>[]::new));
        return asked.stream().flatMap(a -> tasks(a, answers).stream());
    }

    private static <T> List<TaskSource.Task> tasks(TaskSource.Asked<T> asked, Questions.Answers answers) {
        return asked.tasks().apply(answers.of(asked.question()));
    }
}
