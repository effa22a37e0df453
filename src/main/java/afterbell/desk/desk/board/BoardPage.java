package afterbell.desk.desk.board;

/** @param leads whether the person may act on what is shown */
public record BoardPage(Shown shown, boolean leads) {

    /** @param walking minutes after its begin by which a session should be rolled, by the rules */
    public record Shown(Board board, int walking) {}
}
