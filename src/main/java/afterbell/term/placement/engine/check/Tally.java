package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Seat;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The certificate's counts, counted again. */
record Tally(Map<String, Long> counts, long nothing, long cost) {
    static Tally of(Instance instance, List<Seat> result) {
        Register register = new Register(instance, Order.COST);
        register.seat(result);
        Set<String> placed = new HashSet<>();
        long[] ranks = new long[5];
        for (Seat seat : result) {
            placed.add(seat.pupil());
            if (seat.rank() > 0) {
                ranks[Math.min(seat.rank(), 4)]++;
            }
        }
        long asked = 0;
        long wanted = 0;
        long nothing = 0;
        for (Pupil pupil : instance.pupils()) {
            wanted += pupil.demand();
            asked += pupil.demand() > 0 ? 1 : 0;
            nothing += pupil.demand() > 0 && !placed.contains(pupil.pupil()) ? 1 : 0;
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("pupils", asked);
        counts.put("wanted", wanted);
        counts.put("first", ranks[1]);
        counts.put("second", ranks[2]);
        counts.put("third", ranks[3]);
        counts.put("later", ranks[4]);
        counts.put("none", wanted - ranks[1] - ranks[2] - ranks[3] - ranks[4]);
        counts.put("fixed", (long) instance.fixed().size());
        return new Tally(counts, nothing, register.levels().getOrDefault("cost", 0L));
    }
}
