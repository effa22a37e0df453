package afterbell.base.shared.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What did not work, as {@code application/problem+json} (RFC 9457).
 *
 * @param type {@code urn:afterbell:refused} for a refusal, {@code about:blank} for all else
 * @param title one sentence in the language asked for
 * @param detail what can be done now
 * @param incident id to quote to the office; failures of ours alone
 * @param reasons why, one per thing that is wrong; refusals alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, @Nullable String incident, @Nullable List<Reason> reasons) {
    static final String REFUSED = "urn:afterbell:refused";

    /**
     * One refusal, in the same words as on the pages.
     *
     * @param key stable name, for programs
     * @param field name of the value it is about, or null where it concerns the whole command
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(String key, @Nullable String field, String says, @Nullable String next) {}
}
