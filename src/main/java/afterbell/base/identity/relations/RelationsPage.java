package afterbell.base.identity.relations;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Everybody who may act for a child.
 *
 * @param listed names on the school's list of people who have never entered
 * @param waiting people who opened an invitation; a second guardian among them waits for the class teacher
 * @param open invitations that nobody has opened yet
 */
public record RelationsPage(UUID child, String name, String className, List<Person> people, List<String> listed, List<Waiting> waiting, List<Open> open, List<? extends Refusal> refusals) {

    public String href() {
        return "/children/" + child + "/people";
    }

    public List<Person> of(String role) {
        return people.stream().filter(p -> p.role().equals(role)).toList();
    }

    /**
     * @param by how the person came in: slip, me, person, school
     * @param byName who let the person in, where it was another grown-up of the child
     * @param mayWithdraw carers and collectors, never another guardian
     */
    public record Person(UUID account, String name, String role, String relation, Instant since, String by, String byName, boolean me, boolean mayWithdraw) {
        public String relationKey() {
            return relation.isEmpty() ? "identity.role." + role : "identity.relation." + relation;
        }
    }

    /** @param mine whether a guardian decides, else the class teacher */
    public record Waiting(UUID request, String name, String role, String relation, Instant askedAt, boolean mine) {}

    public record Open(UUID slip, String role, Instant expiresAt) {}
}
