package afterbell.base.shared.web;

/** An address inside this application: whatever else a form names becomes the first page, so that no link leads people elsewhere. */
public final class LocalPath {
    private LocalPath() {}

    public static String of(String wanted) {
        boolean local = wanted.startsWith("/") && !wanted.startsWith("//") && !wanted.contains("\\") && wanted.chars().noneMatch(c -> c < ' ');
        return local ? wanted : "/";
    }
}
