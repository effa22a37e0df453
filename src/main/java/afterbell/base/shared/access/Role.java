package afterbell.base.shared.access;

/** What a person may do, granted on a scope (a school, a class, a child, a bureau). Each role belongs to exactly one hat. */
public enum Role {
    /** Signs, chooses, pays for one child. */
    GUARDIAN(Hat.FAMILY),
    /** Entrusted carer: leave, sees the day, proposes. */
    CARER(Hat.FAMILY),
    /** Collects one child, nothing else. */
    COLLECTOR(Hat.FAMILY),
    /** Class teacher or deputy, on a class. */
    CLASS_TEACHER(Hat.STAFF),
    /** Leads sections and own-class care. */
    SERVICE_TEACHER(Hat.STAFF),
    /** On a grade. */
    GRADE_HEAD(Hat.STAFF),
    /** The school's service office. */
    OFFICE(Hat.STAFF),
    /** Head of the school's leading group. */
    PRINCIPAL(Hat.STAFF),
    DUTY_LEADER(Hat.STAFF),
    GUARD(Hat.STAFF),
    FINANCE(Hat.STAFF),
    /** Parents' or school's supervision group: may check, never change. */
    SUPERVISOR(Hat.STAFF),
    /** Bureau officer on a node of the bureau tree. */
    BUREAU(Hat.BUREAU);

    private final Hat hat;

    Role(Hat hat) {
        this.hat = hat;
    }

    public Hat hat() {
        return hat;
    }
}
