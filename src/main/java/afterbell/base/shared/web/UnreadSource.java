package afterbell.base.shared.web;

import afterbell.base.shared.access.Person;

/** How many messages wait unread for a person, for the bell in the header. Asked once per page, so the answer may be some seconds old. */
public interface UnreadSource {
    int unread(Person person);
}
