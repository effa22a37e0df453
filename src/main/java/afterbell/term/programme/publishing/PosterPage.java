package afterbell.term.programme.publishing;

/** The menu on paper. @param code picture of the code that leads to the page, as a data address */
public record PosterPage(MenuPage menu, String code) {}
