package afterbell.day.duty.mine;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.FreePeople.Candidate;
import afterbell.day.duty.Line;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asking a colleague to take a post.
 *
 * @param to whom to ask; null while one is to be chosen among {@code people}
 * @param theirs what the colleague could give in exchange
 */
public record SwapPage(Line line, List<Candidate> people, @Nullable Candidate to, List<Line> theirs, String back, List<? extends Refusal> refusals) {

    public String href(Candidate c) {
        return "/duty/swaps/new?day=" + line.post().day() + "&post=" + line.post().key().text() + "&to=" + c.staff();
    }

    public List<Choice> exchanges(Screen screen) {
        List<Choice> all = new ArrayList<>(List.of(Choice.of("", screen.t("duty.swap.nothing_back"))));
        theirs.forEach(l -> all.add(Choice.of(l.post().day() + "/" + l.post().key().text(), screen.date(l.post().day()) + " " + l.label(screen) + " " + l.hours())));
        return all;
    }
}
