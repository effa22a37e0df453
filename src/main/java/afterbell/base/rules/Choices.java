package afterbell.base.rules;

/** The words that rules with a choice may take. In files they are written in lower case with hyphens. */
public final class Choices {
    private Choices() {}

    /** Level order of the draw (PLACEMENT). */
    public enum PlacementOrder {
        FAIR,
        PRIORITY,
        COST,
        DA
    }

    /** What exactly half a month of attendance costs; the source leaves it open (section X, 6). */
    public enum HalfBoundary {
        HALF,
        FULL
    }

    public enum FeeUse {
        STAFF_PAY,
        EXTERNAL_STAFF,
        TEACHING_AIDS,
        VENUE_MAINTENANCE,
        EQUIPMENT_MAINTENANCE,
        UTILITIES,
        INSURANCE
    }

    public enum Payee {
        UNIT_ACCOUNT,
        FISCAL_ACCOUNT,
        PARENTS_COMMITTEE,
        THIRD_PARTY,
        PERSON
    }

    /** What a ceiling of staff pay is counted by; a class-day is one class's own care of one day. */
    public enum PayUnit {
        PERIOD,
        CLASS_DAY
    }

    public enum FeeUnit {
        PERIOD,
        PERIOD_DAY,
        HOUR,
        DAY,
        HALF_MONTH,
        MONTH,
        TERM,
        SESSION
    }

    /** Steps of the review of an application (R57). */
    public enum ReviewStep {
        CLASS_TEACHER,
        GRADE,
        SCHOOL,
        COORDINATION
    }

    /** Which figure stands first on a school's card (section X, 2). */
    public enum Headline {
        DEMAND_MET,
        PARTICIPATION
    }

    /** What counts on a special day for a child whose family has not answered (R26). */
    public enum Unanswered {
        /** Who stays on that weekday stays till the end, who doesn't goes home with the last lesson. */
        AS_USUAL,
        STAYS,
        GOES_HOME
    }

    /** Who hears of something that has waited too long. */
    public enum Hearer {
        CLASS_TEACHER,
        GUARDIANS,
        DUTY_LEADER,
        OFFICE,
        PRINCIPAL
    }
}
