package afterbell.base.rules;

/** Stage of schooling that a rule may be limited to. */
public enum Stage {
    PRIMARY,
    JUNIOR,
    SENIOR;

    /** The usual division: grades 1–6, 7–9, 10–12. */
    public static Stage ofGrade(int grade) {
        if (grade < 1 || grade > 12) throw new IllegalArgumentException("no such grade: " + grade);
        return grade <= 6 ? PRIMARY : grade <= 9 ? JUNIOR : SENIOR;
    }
}
