package afterbell.base.shared.db;

/** Where the database is, after it was migrated. */
public record DatabaseAddress(String url, String user, String password, String migrationUser, String migrationPassword) {
    @Override
    public String toString() {
        return "DatabaseAddress[" + url + "]";
    }
}
