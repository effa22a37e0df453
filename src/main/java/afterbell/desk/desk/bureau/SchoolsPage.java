package afterbell.desk.desk.bureau;

import afterbell.base.schools.School;
import java.util.List;

/** The bureau and the schools below it. */
public record SchoolsPage(String bureau, List<School> schools) {}
