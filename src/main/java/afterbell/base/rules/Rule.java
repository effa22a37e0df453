package afterbell.base.rules;

import afterbell.base.rules.Choices.FeeUnit;
import afterbell.base.rules.Choices.FeeUse;
import afterbell.base.rules.Choices.HalfBoundary;
import afterbell.base.rules.Choices.Headline;
import afterbell.base.rules.Choices.Hearer;
import afterbell.base.rules.Choices.PayUnit;
import afterbell.base.rules.Choices.Payee;
import afterbell.base.rules.Choices.PlacementOrder;
import afterbell.base.rules.Choices.ReviewStep;
import afterbell.base.rules.Choices.Unanswered;
import afterbell.base.rules.Kind.Table.Column;
import afterbell.base.shared.access.Role;
import java.time.LocalTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A typed key: {@code rules.value(school, date, Rule.CLUB_MAX_SIZE)} is an Integer.
 *
 * <p>To add a rule: one line here, one line in {@code src/main/resources/rules/AFTERBELL-DEFAULT.yaml}. Nothing else; a test says so if the second is
 * forgotten. Keys are {@code area.words-with-hyphens}; a key is never renamed or reused once released, because old packs name it.
 */
public final class Rule<T> {
    private static final Map<String, Rule<?>> ALL = new LinkedHashMap<>();
    private static final Set<String> RETIRED = Set.of("placement.rank-cost", "placement.nothing-cost");

    // --- participation and content: C1-C6, C9, C10, C14 ---
    public static final Rule<Boolean> PARTICIPATION_VOLUNTARY = yesNo("participation.voluntary", Strict.MORE);
    public static final Rule<Boolean> PARTICIPATION_REFUSAL_ALLOWED = yesNo("participation.refusal-allowed", Strict.LESS);
    /** Whether a family that stays away must say why; a "yes" is shown, never enforced (section X, 3). */
    public static final Rule<Boolean> PARTICIPATION_REASON_ASKED = yesNo("participation.reason-asked", Strict.LESS);
    public static final Rule<Boolean> PARTICIPATION_BUNDLING_ALLOWED = yesNo("participation.bundling-allowed", Strict.LESS);
    public static final Rule<Boolean> CONTENT_NEW_LESSONS = yesNo("content.new-lessons", Strict.LESS);
    public static final Rule<Boolean> CONTENT_COLLECTIVE_MAKE_UP = yesNo("content.collective-make-up", Strict.LESS);
    public static final Rule<Boolean> CONTENT_EXTENSION_OF_TEACHING = yesNo("content.extension-of-teaching", Strict.LESS);
    public static final Rule<Boolean> CONTENT_TEACHING_BY_SUBJECT = yesNo("content.teaching-by-subject", Strict.LESS);
    public static final Rule<Boolean> CONTENT_DRILLING = yesNo("content.drilling", Strict.LESS);
    public static final Rule<Boolean> CONTENT_COMMERCIAL_PROMOTION = yesNo("content.commercial-promotion", Strict.LESS);
    public static final Rule<Boolean> CONTENT_DANGEROUS_ACTIVITY = yesNo("content.dangerous-activity", Strict.LESS);
    public static final Rule<Boolean> CONTENT_HARMFUL_ACTIVITY = yesNo("content.harmful-activity", Strict.LESS);
    public static final Rule<Boolean> HOMEWORK_EXTRA_BURDEN = yesNo("homework.extra-burden", Strict.LESS);
    public static final Rule<List<Integer>> HOMEWORK_NONE_AT_HOME_GRADES = wholes("homework.none-at-home-grades", Strict.NEITHER, 1, 12);
    public static final Rule<Integer> HOMEWORK_DONE_AT_SCHOOL_PERCENT = whole("homework.done-at-school-percent", Strict.MORE, 0, 100, "percent");
    public static final Rule<Boolean> INTEREST_CLASSES_ALLOWED = yesNo("interest-classes.allowed", Strict.LESS);
    public static final Rule<Boolean> INSTITUTIONS_ALLOWED = yesNo("institutions.allowed", Strict.LESS);

    // --- time: C8, section X 1 ---
    /** Which slots count, are charged and are reported as after-school service. */
    public static final Rule<Set<ServiceClass>> SERVICE_CLASSES_COUNTED = some("service.classes-counted", Strict.LESS, ServiceClass.class);
    public static final Rule<Integer> SERVICE_MIN_MINUTES_PER_DAY = whole("service.min-minutes-per-day", Strict.MORE, 0, 600, "minutes");
    public static final Rule<Integer> SERVICE_DAYS_PER_WEEK = whole("service.days-per-week", Strict.MORE, 0, 7, "days");
    public static final Rule<Boolean> SERVICE_END_NOT_BEFORE_OFF_WORK = yesNo("service.end-not-before-off-work", Strict.MORE);
    /** Local end of ordinary working hours. */
    public static final Rule<LocalTime> REGION_OFF_WORK_TIME = timeOfDay("region.off-work-time", Strict.NEITHER);
    public static final Rule<LocalTime> EVENING_LATEST_END = timeOfDay("evening.latest-end", Strict.LESS);
    public static final Rule<Integer> SERVICE_START_WEEK = whole("service.start-week", Strict.NEITHER, 1, 30, "weeks");
    public static final Rule<Integer> CLUBS_START_WEEK = whole("clubs.start-week", Strict.NEITHER, 1, 30, "weeks");
    public static final Rule<Integer> ADD_DROP_WEEKS = whole("clubs.add-drop-weeks", Strict.NEITHER, 0, 20, "week-count");
    public static final Rule<Integer> HOLIDAY_OPEN_WEEKS_WINTER = whole("holiday.open-weeks-winter", Strict.MORE, 0, 8, "week-count");
    public static final Rule<Integer> HOLIDAY_OPEN_WEEKS_SUMMER = whole("holiday.open-weeks-summer", Strict.MORE, 0, 10, "week-count");

    // --- clubs, rounds and the draw: C13, R62-R66, PLACEMENT ---
    public static final Rule<Integer> CLUB_MAX_SIZE = whole("club.max-size", Strict.LESS, 1, 500, "pupils");
    public static final Rule<Integer> WALKING_CLASS_MAX_SIZE = whole("walking-class.max-size", Strict.LESS, 1, 500, "pupils");
    public static final Rule<Integer> OWN_CLASS_MAX_SIZE = whole("own-class.max-size", Strict.LESS, 1, 500, "pupils");
    public static final Rule<Integer> CLUB_PER_CHILD_MAX = whole("club.per-child-max", Strict.LESS, 1, 20, "clubs");
    public static final Rule<Integer> FIXED_MEMBERS_MAX_PERCENT = whole("club.fixed-members-max-percent", Strict.LESS, 0, 100, "percent");
    public static final Rule<Integer> REFUSALS_MAX_PERCENT = whole("club.refusals-max-percent", Strict.LESS, 0, 100, "percent");
    public static final Rule<Integer> ROUND_MIN_DAYS = whole("round.min-days", Strict.MORE, 0, 60, "days");
    public static final Rule<Boolean> ROUND_FIRST_COME = yesNo("round.first-come", Strict.LESS);
    public static final Rule<Boolean> ROUND_SEALED_UNTIL_CLOSE = yesNo("round.sealed-until-close", Strict.MORE);
    /** A teacher who enters more than this share of a class on families' behalf is shown to the office. */
    public static final Rule<Integer> ROUND_ENTERED_FOR_FAMILY_PERCENT = whole("round.entered-for-family-percent", Strict.LESS, 0, 100, "percent");
    public static final Rule<List<ReviewStep>> REVIEW_STEPS = steps("review.steps", ReviewStep.class);
    /** What a new round proposes; the office may choose another order until the round opens. */
    public static final Rule<PlacementOrder> PLACEMENT_ORDER = one("placement.order", Strict.NEITHER, PlacementOrder.class);
    /** Retired with {@code placement.nothing-cost}: what a rank and nothing at all cost belongs to the version of the published order. */
    static final Rule<List<Integer>> PLACEMENT_RANK_COST = wholes("placement.rank-cost", Strict.NEITHER, 0, 10_000);

    static final Rule<Integer> PLACEMENT_NOTHING_COST = whole("placement.nothing-cost", Strict.NEITHER, 0, 10_000, "");
    public static final Rule<Integer> PLACEMENT_UNFILLED_COST = whole("placement.unfilled-cost", Strict.NEITHER, 0, 10_000, "");
    /** What an unfilled day of a short list costs, less than {@link #PLACEMENT_UNFILLED_COST}, so that stopping early never pays on average. */
    public static final Rule<Integer> PLACEMENT_SHORT_LIST_COST = whole("placement.short-list-cost", Strict.NEITHER, 0, 10_000, "");
    /** Name of the public value that decides the lottery's order; the day after the close is added to it. */
    public static final Rule<String> LOTTERY_VALUE = new Rule<>("placement.lottery-value", new Kind.Text(".{2,60}"), Strict.NEITHER);
    /** Time of day at which that value is known. */
    public static final Rule<LocalTime> LOTTERY_TIME = timeOfDay("placement.lottery-time", Strict.NEITHER);
    /** Whether a round that would propose the fair order proposes priority before nobody with nothing. */
    public static final Rule<Boolean> PLACEMENT_PRIORITY_BEFORE_NOTHING = yesNo("placement.priority-before-nothing", Strict.NEITHER);
    /** Groups and the class of priority they have, 1 first; a group that is not listed has none. */
    public static final Rule<RuleTable> PRIORITY_CLASSES =
            table("priority.classes", columns("group", must(word()), "class", must(number(1, 3)), "zh", must(text()), "en", must(text())));
    public static final Rule<Integer> OFFER_HOLD_HOURS = whole("offer.hold-hours", Strict.MORE, 1, 336, "hours");
    public static final Rule<Boolean> OFFER_SPANS_EVENING = yesNo("offer.spans-evening", Strict.MORE);
    public static final Rule<Integer> OBJECTION_DAYS = whole("result.objection-days", Strict.MORE, 0, 30, "days");

    // --- staffing: C12, R68, R69, R74 ---
    public static final Rule<Integer> EXTERNAL_VETTING_PERCENT = whole("external.vetting-percent", Strict.MORE, 0, 100, "percent");
    public static final Rule<Boolean> EXTERNAL_PLAN_BEFORE_CLASS = yesNo("external.plan-before-class", Strict.MORE);
    public static final Rule<Boolean> EXTERNAL_SELECTION_REQUIRED = yesNo("external.selection-required", Strict.MORE);
    public static final Rule<Boolean> EXTERNAL_PRICE_LIST_PUBLISHED = yesNo("external.price-list-published", Strict.MORE);
    public static final Rule<Boolean> EXTERNAL_DYNAMIC_ADJUSTMENT = yesNo("external.dynamic-adjustment", Strict.MORE);
    public static final Rule<Integer> DUTY_PUPILS_PER_TEACHER = whole("duty.pupils-per-teacher", Strict.LESS, 1, 500, "pupils");
    /** Administrators on duty besides, by participants: the first row whose {@code below} is greater applies; the last has none. */
    public static final Rule<RuleTable> DUTY_EXTRA_ADMINISTRATORS =
            table("duty.extra-administrators", columns("below", may(number(1, 100_000)), "add", must(number(0, 100)), "per-grade-band", must(new Kind.YesNo())));
    /** What counts on a special day for who has not answered (R26). */
    public static final Rule<Unanswered> DUTY_SPECIAL_UNANSWERED = one("duty.special-unanswered", Strict.NEITHER, Unanswered.class);
    /** How many free people are asked at once to stand in. */
    public static final Rule<Integer> DUTY_SUBSTITUTES_ASKED = whole("duty.substitutes-asked", Strict.NEITHER, 1, 50, "people");
    /** How long before the first session posts without a bell of their own begin, and how long after the last one they end. */
    public static final Rule<Integer> DUTY_BEFORE_MINUTES = whole("duty.before-minutes", Strict.NEITHER, 0, 120, "minutes");
    public static final Rule<Integer> DUTY_AFTER_MINUTES = whole("duty.after-minutes", Strict.NEITHER, 0, 240, "minutes");
    public static final Rule<Integer> TRAINING_PER_TERM = whole("training.per-term", Strict.MORE, 0, 50, "times");

    // --- the afternoon ---
    public static final Rule<Integer> ROLL_WALKING_MINUTES = whole("roll.walking-minutes", Strict.LESS, 0, 60, "minutes");
    public static final Rule<Integer> CUSTODY_GRACE_MINUTES = whole("custody.grace-minutes", Strict.LESS, 0, 120, "minutes");
    /** How early a receiving person may count a child while the former session still runs. */
    public static final Rule<Integer> CUSTODY_EARLY_MINUTES = whole("custody.early-minutes", Strict.LESS, 0, 60, "minutes");
    public static final Rule<Integer> CUSTODY_LATE_MINUTES = whole("custody.late-minutes", Strict.LESS, 0, 240, "minutes");
    public static final Rule<Integer> CUSTODY_CALLED_OUT_MINUTES = whole("custody.called-out-minutes", Strict.LESS, 1, 240, "minutes");
    public static final Rule<Integer> CUSTODY_UNDO_MINUTES = whole("custody.undo-minutes", Strict.LESS, 0, 240, "minutes");
    /** Minutes after which the search for a child rings the next person, ascending. */
    public static final Rule<List<Integer>> CUSTODY_ESCALATION_MINUTES = wholes("custody.escalation-minutes", Strict.NEITHER, 1, 600);
    /** Who hears of each step of that search: step 0 is the moment in which it begins. A step that is not listed is heard by who hears the last one before it. */
    public static final Rule<RuleTable> CUSTODY_ESCALATION_HEARD =
            table("custody.escalation-heard", columns("step", must(number(0, 20)), "who", must(new Kind.Some<>(Hearer.class))));
    public static final Rule<Integer> GATE_OFFLINE_MINUTES = whole("gate.offline-minutes", Strict.LESS, 0, 240, "minutes");
    public static final Rule<Integer> PLAN_CHANGE_CUTOFF_MINUTES = whole("custody.change-cutoff-minutes", Strict.NEITHER, 0, 480, "minutes");
    public static final Rule<Boolean> RELEASE_TO_ADULT_ONLY = yesNo("custody.release-to-adult-only", Strict.MORE);

    /** On how many of a school's first service days what rings is shown and rings nobody. */
    public static final Rule<Integer> CUSTODY_TRIAL_DAYS = whole("custody.trial-days", Strict.LESS, 0, 10, "days");

    /** How long before a session its roll counts as early and its teacher may open what is to know of a child. */
    public static final Rule<Integer> CUSTODY_AHEAD_MINUTES = whole("custody.ahead-minutes", Strict.LESS, 0, 120, "minutes");

    // --- the gate: R91 ---
    /** For how many days from today on a visitor may be announced. */
    public static final Rule<Integer> VISITORS_AHEAD_DAYS = whole("visitors.ahead-days", Strict.LESS, 0, 400, "days");
    /** After how many days the words about a visitor are erased. */
    public static final Rule<Integer> VISITORS_KEPT_DAYS = whole("visitors.kept-days", Strict.NEITHER, 1, 3650, "days");

    // --- going home: R85, R86 ---
    /** How long before its session ends a line may form. */
    public static final Rule<Integer> DISMISSAL_LINE_MINUTES = whole("dismissal.line-minutes", Strict.LESS, 0, 60, "minutes");
    /** For how many days from today on a family may send somebody with a code. */
    public static final Rule<Integer> DISMISSAL_DELEGATE_DAYS = whole("dismissal.delegate-days", Strict.LESS, 1, 31, "days");
    public static final Rule<Integer> DISMISSAL_DELEGATES_MAX = whole("dismissal.delegates-max", Strict.LESS, 1, 20, "people");
    /** Minutes after a child's last session at which its waiting is raised to the next people. */
    public static final Rule<List<Integer>> DISMISSAL_LATE_MINUTES = wholes("dismissal.late-minutes", Strict.NEITHER, 1, 600);
    /** Who hears of each step of that, the first being 1. A step that is not listed is heard by who hears the last one before it. */
    public static final Rule<RuleTable> DISMISSAL_LATE_HEARD =
            table("dismissal.late-heard", columns("step", must(number(1, 20)), "who", must(new Kind.Some<>(Hearer.class))));
    /** How long a code on a guardian's phone stands before the next one. */
    public static final Rule<Integer> DISMISSAL_CODE_SECONDS = whole("dismissal.code-seconds", Strict.LESS, 30, 300, "seconds");

    // --- money: C7, C11, FEES ---
    public static final Rule<Boolean> FEE_BEFORE_STANDARD = yesNo("fee.before-standard", Strict.LESS);
    public static final Rule<Boolean> FEE_ABOVE_STANDARD = yesNo("fee.above-standard", Strict.LESS);
    public static final Rule<Boolean> FEE_PROFIT = yesNo("fee.profit", Strict.LESS);
    /** Most that may be asked; several rows for several units or kinds of school. Empty: no ceiling is known, {@link #FEE_BEFORE_STANDARD} decides. */
    public static final Rule<RuleTable> FEE_CEILINGS = table(
            "fee.ceilings",
            columns(
                    "unit", must(new Kind.One<>(FeeUnit.class)),
                    "yuan", must(new Kind.Amount()),
                    "service", may(new Kind.One<>(ServiceClass.class)),
                    "stage", may(new Kind.One<>(Stage.class)),
                    "location", may(new Kind.One<>(Location.class)),
                    "ownership", may(new Kind.One<>(Ownership.class))));
    public static final Rule<Set<FeeUse>> FEE_ALLOWED_USES = some("fee.allowed-uses", Strict.LESS, FeeUse.class);
    public static final Rule<Set<Payee>> FEE_PAYEES = some("fee.payees", Strict.LESS, Payee.class);
    public static final Rule<Boolean> FEE_THIRD_PARTY_SURCHARGE = yesNo("fee.third-party-surcharge", Strict.LESS);
    /** Whether a boarder may pay again for what the boarding fee covers. */
    public static final Rule<Boolean> FEE_BOARDERS_TWICE = yesNo("fee.boarders-twice", Strict.LESS);
    /** Services that the boarding fee pays: a boarder is not charged for them again. */
    public static final Rule<Set<ServiceClass>> FEE_BOARDING_COVERS = some("fee.boarding-covers", Strict.NEITHER, ServiceClass.class);
    /** Whether coming late for a child may cost money. */
    public static final Rule<Boolean> FEE_LATE_COLLECTION = yesNo("fee.late-collection", Strict.LESS);
    public static final Rule<Boolean> FEE_POOR_EXEMPT = yesNo("fee.poor-exempt", Strict.MORE);
    public static final Rule<RuleTable> FEE_EXEMPTIONS =
            table("fee.exemptions", columns("group", must(word()), "percent", must(number(0, 100)), "zh", must(text()), "en", must(text())));
    public static final Rule<HalfBoundary> FEE_HALF_BOUNDARY = one("fee.half-boundary", Strict.NEITHER, HalfBoundary.class);
    public static final Rule<Integer> FEE_ZERO_ATTENDANCE_PERCENT = whole("fee.zero-attendance-percent", Strict.LESS, 0, 100, "percent");
    public static final Rule<Integer> FEE_REVIEW_YEARS = whole("fee.review-years", Strict.LESS, 0, 20, "years");
    /** How long a payment order stays open before the family is asked anew. */
    public static final Rule<Integer> FEE_ORDER_DAYS = whole("fee.order-days", Strict.NEITHER, 1, 180, "days");
    /** From which amount on a refund needs a second person; a batch counts as a whole. */
    public static final Rule<Integer> FEE_REFUND_SECOND_PERSON_YUAN = whole("fee.refund-second-person-yuan", Strict.LESS, 0, 1_000_000, "yuan");
    public static final Rule<Integer> FEE_PUBLICITY_DAYS = whole("fee.publicity-days", Strict.MORE, 0, 60, "days");
    // --- staff pay and spending: R122, R123, FEES ---
    /** Least and most for a period, or for one class's own care of a day; several rows for several stages. Empty: the place says nothing. */
    public static final Rule<RuleTable> PAY_LIMITS = table(
            "pay.limits",
            columns("unit", must(new Kind.One<>(PayUnit.class)), "least", may(new Kind.Amount()), "most", may(new Kind.Amount()), "stage", may(new Kind.One<>(Stage.class))));
    /** Least share of the money spent that goes to people; 0 where nobody says so. */
    public static final Rule<Integer> PAY_PEOPLE_PERCENT = whole("pay.people-percent", Strict.MORE, 0, 100, "percent");
    /** Spending from this amount on is approved by the principal; below it by any other person of the school's money. */
    public static final Rule<Integer> SPENDING_PRINCIPAL_YUAN = whole("spending.principal-from-yuan", Strict.LESS, 0, 1_000_000, "yuan");
    public static final Rule<Boolean> MONEY_DEDICATED_LEDGER = yesNo("money.dedicated-ledger", Strict.MORE);
    public static final Rule<Boolean> MONEY_DEDICATED_USE = yesNo("money.dedicated-use", Strict.MORE);
    public static final Rule<Boolean> MONEY_PUBLISHED = yesNo("money.published", Strict.MORE);

    // --- people's data, signing in, messages ---
    public static final Rule<Boolean> IDENTITY_NUMBER_REQUIRED = yesNo("identity-number.required", Strict.LESS);
    public static final Rule<Integer> DISCLOSURE_K = whole("disclosure.k", Strict.MORE, 2, 50, "people");
    /** What a draw keeps of its reasons never has less than 3 and 5; more is left out where a family reads them. */
    public static final Rule<Integer> EXPLANATION_LEAST_COUNT = whole("explanation.least-count", Strict.MORE, 2, 50, "people");
    public static final Rule<Integer> EXPLANATION_LEAST_GROUP = whole("explanation.least-group", Strict.MORE, 2, 50, "people");
    public static final Rule<LocalTime> QUIET_FROM = timeOfDay("quiet-hours.from", Strict.LESS);
    public static final Rule<LocalTime> QUIET_UNTIL = timeOfDay("quiet-hours.until", Strict.MORE);
    public static final Rule<Integer> SESSION_STAFF_HOURS = whole("session.staff-hours", Strict.LESS, 1, 720, "hours");
    public static final Rule<Integer> SESSION_STAFF_IDLE_MINUTES = whole("session.staff-idle-minutes", Strict.LESS, 5, 1440, "minutes");
    public static final Rule<Integer> SESSION_FAMILY_DAYS = whole("session.family-days", Strict.LESS, 1, 400, "days");
    public static final Rule<Set<Role>> SECOND_FACTOR_ROLES = some("second-factor.roles", Strict.MORE, Role.class);
    public static final Rule<Integer> LOCK_OUT_ATTEMPTS = whole("lock-out.attempts", Strict.LESS, 3, 100, "times");
    public static final Rule<Integer> LOCK_OUT_MINUTES = whole("lock-out.minutes", Strict.MORE, 1, 1440, "minutes");
    public static final Rule<Integer> ONE_TIME_CODE_MINUTES = whole("one-time-code.minutes", Strict.LESS, 1, 60, "minutes");
    public static final Rule<Integer> SLIP_VALID_DAYS = whole("slip.valid-days", Strict.LESS, 1, 400, "days");

    // --- quality ---
    public static final Rule<Headline> KPI_HEADLINE = one("kpi.headline", Strict.NEITHER, Headline.class);
    public static final Rule<Integer> KPI_PARTICIPATION_PERCENT = whole("kpi.participation-percent", Strict.NEITHER, 0, 100, "percent");
    public static final Rule<Integer> SATISFACTION_PUPILS_PERCENT = whole("satisfaction.pupils-percent", Strict.MORE, 0, 100, "percent");
    public static final Rule<Integer> SATISFACTION_PARENTS_PERCENT = whole("satisfaction.parents-percent", Strict.MORE, 0, 100, "percent");
    public static final Rule<Integer> SATISFACTION_STAFF_PERCENT = whole("satisfaction.staff-percent", Strict.MORE, 0, 100, "percent");
    public static final Rule<Integer> MENU_LEAST_COURSES = whole("menu.least-courses", Strict.MORE, 0, 500, "courses");
    public static final Rule<Integer> MENU_INTEREST_COVER_PERCENT = whole("menu.interest-cover-percent", Strict.MORE, 0, 100, "percent");
    public static final Rule<Integer> CONTACTS_PER_MONTH = whole("contacts.per-month", Strict.MORE, 0, 60, "times");
    public static final Rule<Integer> SUPERVISION_PARENTS_PER_GRADE = whole("supervision.parents-per-grade", Strict.MORE, 0, 50, "people");

    private final String key;
    private final Kind<T> kind;
    private final Strict strict;

    private Rule(String key, Kind<T> kind, Strict strict) {
        this.key = key;
        this.kind = kind;
        this.strict = strict;
        if (ALL.putIfAbsent(key, this) != null) throw new IllegalStateException("two rules named " + key);
    }

    public String key() {
        return key;
    }

    /** First part of the key, by which pages group: {@code club}, {@code fee}, … */
    public String area() {
        return key.substring(0, key.indexOf('.'));
    }

    public Kind<T> kind() {
        return kind;
    }

    public Strict strict() {
        return strict;
    }

    /** Whether {@code value} allows more than {@code limit} does. Never true where the rule knows no stricter side. */
    public boolean isLooser(T value, T limit) {
        return switch (strict) {
            case LESS -> kind.exceeds(value, limit);
            case MORE -> kind.exceeds(limit, value);
            case NEITHER -> false;
        };
    }

    /** Whether {@code value} would undo a floor: looser, or simply different where there is no stricter side. */
    public boolean undoes(T value, T floor) {
        return strict == Strict.NEITHER ? !value.equals(floor) : isLooser(value, floor);
    }

    /** Retired ones too: a pack that was frozen while they decided still reads. */
    public static Optional<Rule<?>> named(String key) {
        return Optional.ofNullable(ALL.get(key));
    }

    /** Whether it decides nothing any more. */
    public boolean retired() {
        return RETIRED.contains(key);
    }

    /** In the order of this file, without the retired. */
    public static Collection<Rule<?>> all() {
        return ALL.values().stream().filter(rule -> !rule.retired()).toList();
    }

    @Override
    public String toString() {
        return key;
    }

    private static Rule<Integer> whole(String key, Strict strict, int least, int most, String unit) {
        return new Rule<>(key, new Kind.Whole(least, most, unit), strict);
    }

    private static Rule<Boolean> yesNo(String key, Strict strict) {
        return new Rule<>(key, new Kind.YesNo(), strict);
    }

    private static Rule<LocalTime> timeOfDay(String key, Strict strict) {
        return new Rule<>(key, new Kind.TimeOfDay(), strict);
    }

    private static Rule<List<Integer>> wholes(String key, Strict strict, int least, int most) {
        return new Rule<>(key, new Kind.Wholes(least, most), strict);
    }

    private static <E extends Enum<E>> Rule<E> one(String key, Strict strict, Class<E> words) {
        return new Rule<>(key, new Kind.One<>(words), strict);
    }

    private static <E extends Enum<E>> Rule<Set<E>> some(String key, Strict strict, Class<E> words) {
        return new Rule<>(key, new Kind.Some<>(words), strict);
    }

    private static <E extends Enum<E>> Rule<List<E>> steps(String key, Class<E> words) {
        return new Rule<>(key, new Kind.Steps<>(words), Strict.NEITHER);
    }

    private static Rule<RuleTable> table(String key, Map<String, Column> columns) {
        return new Rule<>(key, new Kind.Table(columns), Strict.NEITHER);
    }

    /** Name, column, name, column, … in the order that pages show. */
    private static Map<String, Column> columns(Object... namesAndColumns) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndColumns.length; i += 2) columns.put((String) namesAndColumns[i], (Column) namesAndColumns[i + 1]);
        return columns;
    }

    private static Column must(Kind<?> kind) {
        return new Column(kind, true);
    }

    private static Column may(Kind<?> kind) {
        return new Column(kind, false);
    }

    private static Kind<Integer> number(int least, int most) {
        return new Kind.Whole(least, most, "");
    }

    private static Kind<String> word() {
        return new Kind.Text("[a-z][a-z0-9-]{1,40}");
    }

    private static Kind<String> text() {
        return new Kind.Text("(?s).{1,200}");
    }
}
