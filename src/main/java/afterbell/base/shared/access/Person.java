package afterbell.base.shared.access;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is signed in, with all hats the person owns.
 *
 * @param strong true where this session proved a second factor
 * @param held roles that wait for the second factor: until then they give nothing
 */
public record Person(UUID account, String name, boolean strong, List<Wearer.Grant> grants, List<Wearer.Grant> held) {
    public Person {
        grants = List.copyOf(grants);
        held = List.copyOf(held);
    }

    /** Every hat of the person: one for the family, one per school, one per bureau; in that order. */
    public List<Wearer> hats() {
        Stream<Wearer> family = of(grants.stream().filter(g -> g.role().hat() == Hat.FAMILY).toList(), Hat.FAMILY);
        Stream<Wearer> staff = grants.stream()
                .filter(g -> g.role().hat() == Hat.STAFF)
                .collect(Collectors.groupingBy(g -> Objects.requireNonNull(g.school())))
                .entrySet()
                .stream()
                .sorted(Comparator.comparing(e -> e.getKey()))
                .flatMap(e -> of(e.getValue(), Hat.STAFF));
        Stream<Wearer> bureau = grants.stream().filter(g -> g.role().hat() == Hat.BUREAU).flatMap(g -> of(List.of(g), Hat.BUREAU));
        return Stream.of(family, staff, bureau).flatMap(h -> h).toList();
    }

    /** The hat under which the named roles may act; the one the person wears at the moment first. Empty where none of the roles is the person's. */
    public Optional<Wearer> wearing(String worn, Set<Role> roles) {
        return hats().stream()
                .filter(h -> h.grants().stream().anyMatch(g -> roles.contains(g.role())))
                .min(Comparator.comparing(h -> HatName.of(h).equals(worn) ? 0 : 1));
    }

    /** Whether one of the roles would be the person's after a second factor. */
    public boolean holdsBack(Set<Role> roles) {
        return held.stream().anyMatch(g -> roles.contains(g.role()));
    }

    public Wearer self() {
        return new Wearer(account, name, Hat.ACCOUNT, List.of(), strong);
    }

    private Stream<Wearer> of(List<Wearer.Grant> some, Hat hat) {
        return some.isEmpty() ? Stream.empty() : Stream.of(new Wearer(account, name, hat, some, strong));
    }
}
