package afterbell.base.rules;

import afterbell.base.rules.engine.RuleBook.SchoolChoice;
import afterbell.base.schools.School;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the rules say to a school on a day. Answers come from memory; a school's own choices are at most five seconds old.
 *
 * <p>Rules are public, so a question is not bound to the caller's scope, but the first one about a school is read under it.
 */
@Component
public class Rules {
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final RuleShelf shelf;
    private final ChoiceStore store;
    private final Map<UUID, Ours> schools = new ConcurrentHashMap<>();

    Rules(RuleShelf shelf, ChoiceStore store) {
        this.shelf = shelf;
        this.store = store;
    }

    /** @param answers given since then, which hold as long as the shelf has the same packs: an afternoon asks the same few rules thousands of times */
    private record Ours(Situation situation, Map<Rule<?>, SchoolChoice<?>> choices, RuleShelf.State shelf, Map<Asked, Resolved<?>> answers, long readAt) {}

    private record Asked(Rule<?> rule, LocalDate on) {}

    /** The value that holds: {@code int hours = rules.value(school, today, Rule.OFFER_HOLD_HOURS)}. */
    public <T> T value(UUID school, LocalDate on, Rule<T> rule) {
        return resolve(school, on, rule).value();
    }

    /** The value with its clause and what it overrides. */
    @SuppressWarnings("unchecked")
    public <T> Resolved<T> resolve(UUID school, LocalDate on, Rule<T> rule) {
        Ours ours = ours(school);
        return (Resolved<T>) ours.answers().computeIfAbsent(new Asked(rule, on), a -> ours.shelf().book().resolve(rule, ours.situation().on(on), choice(ours, rule)));
    }

    /** For a question about a stage or a service of the school: start from {@link #situation} and narrow it. */
    public <T> Resolved<T> resolve(UUID school, Situation situation, Rule<T> rule) {
        return shelf.state().book().resolve(rule, situation, choice(ours(school), rule));
    }

    /** Judges an act: allowed, needs a reason, or refused with clause and way out ({@link BrokenRule#of} makes a form's refusal of it). */
    public <T> Verdict judge(UUID school, LocalDate on, Rule<T> rule, T actual) {
        return resolve(school, on, rule).verdict(actual);
    }

    /** Region and kind of a school on a day. */
    public Situation situation(UUID school, LocalDate on) {
        return ours(school).situation().on(on);
    }

    /** All answers for one school, for engines that ask for themselves. */
    public RuleSource of(UUID school) {
        return new RuleSource() {
            @Override
            public <T> Resolved<T> resolve(Rule<T> rule, Situation situation) {
                return Rules.this.resolve(school, situation, rule);
            }
        };
    }

    /** Everything that holds for a school now as one text, for what must be decided again later ({@link FrozenRules}). */
    public String freeze(UUID school) {
        Ours ours = ours(school);
        return FrozenRules.write(school, ours.situation().region(), shelf.state().packs(), ours.choices());
    }

    /** What the packs say without any school's own choice. */
    public <T> Resolved<T> resolve(Situation situation, Rule<T> rule) {
        return shelf.state().book().resolve(rule, situation);
    }

    /** Forgets what is known of a school; called when it has chosen anew. */
    public void forget(UUID school) {
        schools.remove(school);
    }

    private Ours ours(UUID school) {
        @Nullable Ours known = schools.get(school);
        RuleShelf.State packs = shelf.state();
        if (known != null && known.shelf() == packs && System.nanoTime() - known.readAt() < FRESH_NANOS) return known;
        School facts = store.school(school);
        Ours fresh = new Ours(situationOf(facts), store.choices(school), packs, new ConcurrentHashMap<>(), System.nanoTime());
        schools.put(school, fresh);
        return fresh;
    }

    /** The situation of a school without a date that matters yet. */
    public static Situation situationOf(School school) {
        Situation bare = Situation.of(school.region(), LocalDate.EPOCH)
                .of(school.ownership().equals("private") ? Ownership.PRIVATE : Ownership.PUBLIC)
                .at(school.setting().equals("rural") ? Location.RURAL : Location.URBAN);
        return switch (school.kind()) {
            case "primary", "teaching-point" -> bare.of(Stage.PRIMARY);
            case "junior" -> bare.of(Stage.JUNIOR);
            case "nine-year" -> bare.of(Stage.PRIMARY, Stage.JUNIOR);
            case "complete-secondary" -> bare.of(Stage.JUNIOR, Stage.SENIOR);
            default -> bare.of(Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable SchoolChoice<T> choice(Ours ours, Rule<T> rule) {
        return (SchoolChoice<T>) ours.choices().get(rule);
    }
}
