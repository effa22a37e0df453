package afterbell.term.programme.members;

import afterbell.base.shared.Refusal;
import afterbell.term.programme.Section;
import java.util.List;
import java.util.UUID;

/**
 * @param most how many members may be named: the places, or the share of them that the rules leave where others may wish too
 * @param share that share in percent; 100 for a team
 * @param q what was looked for
 * @param found children that fit and are not members
 */
public record MembersPage(Section section, int most, int share, List<Member> members, String q, List<Member> found, List<Refusal> refusals) {

    /** @param reason why this child, beside the section's own reason; or empty */
    public record Member(UUID id, String name, String className, String reason) {}
}
