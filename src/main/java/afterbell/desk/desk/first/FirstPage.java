package afterbell.desk.desk.first;

import afterbell.base.shared.web.TaskSource;
import java.util.List;

/** The tasks of all hats, most urgent first. */
public record FirstPage(String name, List<TaskSource.Task> tasks) {}
