package afterbell.desk.desk.board;

import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource.State;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;

/** @param leads whether the person may act on what is shown */
public record BoardPage(Shown shown, boolean leads) {

    /**
     * @param walking minutes after its begin by which a session should be rolled, by the rules
     * @param trial whether the school tries the service out, so that nothing rings anywhere else
     */
    public record Shown(Board board, int walking, boolean trial) {
        public LocalTime now() {
            return board.at().atZone(Screen.ZONE).toLocalTime();
        }

        public Board.Look look(Board.Room room) {
            return board.look(room, now(), walking);
        }

        /** What needs somebody first, otherwise in the order of the day. */
        public List<Board.Room> rooms() {
            return board.rooms().stream().sorted(Comparator.comparing(room -> rank(look(room).state()))).toList();
        }

        private static int rank(State state) {
            return switch (state) {
                case DANGER -> 0;
                case ATTENTION -> 1;
                case CALM -> 2;
                case DONE -> 3;
            };
        }
    }
}
