package afterbell.base.shared.web;

import java.util.UUID;

/** The name of a school for the page header; the room {@code schools} answers from memory. */
public interface SchoolNames {
    String nameOf(UUID school);
}
