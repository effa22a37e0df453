package afterbell.base.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Computes a school's chain again from its entries and tells each place where the record is not what it was. Runs under that school's scope. */
@Component
public class VerifyChain {
    private static final int AT_ONCE = 200;

    private final SealStore store;

    VerifyChain(SealStore store) {
        this.store = store;
    }

    /** What is not so. */
    public enum Kind {
        /** An entry of the link, or the link itself, was changed. */
        CHANGED,
        /** An entry of the link is gone. */
        REMOVED,
        /** Links are missing, or the link does not build upon the one before. */
        BROKEN,
        /** An entry that no link holds and that does not wait for one. */
        OUTSIDE,
        /** A head that somebody noted is not in the chain. */
        REWRITTEN
    }

    /**
     * @param link number of the link, 0 where there is none
     * @param entry the entry it is about, where one can be named
     */
    public record Lie(Kind kind, long link, @Nullable UUID entry) {}

    /**
     * @param head hash of the last link in hexadecimal digits: whoever notes number and head finds out later whether the chain was written anew
     * @param waiting entries not sealed yet, of the last second
     */
    public record Report(long links, long entries, long waiting, String head, List<Lie> lies) {
        public Report {
            lies = List.copyOf(lies);
        }
    }

    /** @param noted heads noted earlier: number to hexadecimal hash */
    @Transactional(readOnly = true)
    public Report run(UUID school, Map<Long, String> noted) {
        List<Lie> lies = new ArrayList<>();
        byte[] previous = Chain.root(school);
        long number = 0;
        long entries = 0;
        List<Chain.Link> links = store.links(school, 1, AT_ONCE);
        while (!links.isEmpty()) {
            Map<Long, List<SealStore.Held>> held = store.held(school, links.getFirst().number(), links.getLast().number()).stream().collect(Collectors.groupingBy(SealStore.Held::number));
            for (Chain.Link link : links) {
                List<SealStore.Held> own = held.getOrDefault(link.number(), List.of());
                if (link.number() != number + 1 || !MessageDigest.isEqual(link.previous(), previous)) lies.add(new Lie(Kind.BROKEN, link.number(), null));
                if (own.size() != link.entries()) lies.add(new Lie(Kind.REMOVED, link.number(), null));
                else if (!MessageDigest.isEqual(link.hash(), again(school, link, own))) lies.add(new Lie(Kind.CHANGED, link.number(), own.size() == 1 ? own.getFirst().entry().id() : null));
                @Nullable String known = noted.get(link.number());
                if (known != null && !known.equalsIgnoreCase(HexFormat.of().formatHex(link.hash()))) lies.add(new Lie(Kind.REWRITTEN, link.number(), null));
                number = link.number();
                previous = link.hash();
                entries += own.size();
            }
            links = store.links(school, number + 1, AT_ONCE);
        }
        long last = number;
        noted.keySet().stream().filter(n -> n < 1 || n > last).sorted().forEach(n -> lies.add(new Lie(Kind.REWRITTEN, n, null)));
        store.outside(school).forEach(id -> lies.add(new Lie(Kind.OUTSIDE, 0, id)));
        return new Report(number, entries, store.waiting(school), HexFormat.of().formatHex(previous), lies);
    }

    private static byte[] again(UUID school, Chain.Link link, List<SealStore.Held> held) {
        return Chain.hash(school, link.number(), link.sealedAt(), link.previous(), held.stream().map(SealStore.Held::entry).toList());
    }
}
