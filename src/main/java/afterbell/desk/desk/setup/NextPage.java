package afterbell.desk.desk.setup;

/** What comes after the set-up. @param plain whether families can't be let in yet, because this address is not encrypted */
public record NextPage(boolean plain) {}
