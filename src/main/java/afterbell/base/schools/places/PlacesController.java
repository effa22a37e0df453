package afterbell.base.schools.places;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
class PlacesController {
    private static final List<Listing.Column> COLUMNS = List.of(
            Listing.Column.text("code", "schools.room.code").unsorted(),
            Listing.Column.text("name", "schools.room.name").unsorted(),
            Listing.Column.text("kind", "schools.room.kind").unsorted(),
            Listing.Column.number("capacity", "schools.room.capacity").unsorted(),
            Listing.Column.text("campus", "schools.room.campus").unsorted());
    private static final int NAME = 60;

    private final PlacesStore store;
    private final CommandKeys keys;
    private final TransactionTemplate transactions;
    private final Ids ids;

    PlacesController(PlacesStore store, CommandKeys keys, TransactionTemplate transactions, Ids ids) {
        this.store = store;
        this.keys = keys;
        this.transactions = transactions;
        this.ids = ids;
    }

    @GetMapping("/places")
    ModelAndView rooms(Wearer me, HttpServletRequest request) {
        Listing asked = Listing.of("/places", request.getParameterMap(), COLUMNS, "");
        Listing list = asked.counted(store.count(me.school(), asked.filter("q")));
        List<RoomsPage.Row> rows = store.rooms(me.school(), list.filter("q"), list.offset(), list.size()).stream()
                .map(r -> new RoomsPage.Row(r.id(), r.code(), r.name(), r.kind(), r.capacity(), r.campusName()))
                .toList();
        return Pages.show("schools/places/rooms", new RoomsPage(list, rows));
    }

    @GetMapping("/places/rooms/new")
    ModelAndView fresh(Wearer me) {
        return Pages.show("schools/places/room", new RoomPage(null, RoomForm.EMPTY, campuses(me), List.of()));
    }

    @GetMapping("/places/rooms/{id}")
    ModelAndView room(Wearer me, @PathVariable UUID id) {
        PlacesStore.Room r = store.room(me.school(), id).orElseThrow(NotFound::new);
        RoomForm form = new RoomForm(r.code(), r.name(), r.kind(), Integer.toString(r.capacity()), r.campus() == null ? "" : r.campus().toString(), r.outdoor());
        return Pages.show("schools/places/room", new RoomPage(id, form, campuses(me), List.of()));
    }

    @PostMapping("/places/rooms")
    ModelAndView add(Wearer me, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        return put(me, null, new Typed(typed), redirect);
    }

    @PostMapping("/places/rooms/{id}")
    ModelAndView change(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        store.room(me.school(), id).orElseThrow(NotFound::new);
        return put(me, id, new Typed(typed), redirect);
    }

    private ModelAndView put(Wearer me, @Nullable UUID id, Typed typed, RedirectAttributes redirect) {
        RoomForm form = RoomForm.of(typed);
        List<Choice> campuses = campuses(me);
        List<Refusal> no = form.refusals();
        if (!form.campus().isEmpty() && campuses.stream().noneMatch(c -> c.value().equals(form.campus()))) no.add(new Refusal.Simple("schools.refused.campus", "campus", List.of()));
        if (no.isEmpty()) {
            boolean done = once(typed, "places.room " + id + form, () -> store.put(me.school(), id == null ? ids.next() : id, form));
            if (done) return Pages.done("/places", redirect, "schools.flash.saved", form.name());
            no.add(new Refusal.Simple("schools.refused.taken", "code", List.of()));
        }
        return Pages.refused("schools/places/room", new RoomPage(id, form, campuses, no));
    }

    /** A room is never erased: past weeks were held in it. */
    @PostMapping("/places/rooms/{id}/retirement")
    ModelAndView retire(Wearer me, @PathVariable UUID id, RedirectAttributes redirect) {
        PlacesStore.Room room = store.room(me.school(), id).orElseThrow(NotFound::new);
        store.retire(me.school(), id);
        return Pages.done("/places", redirect, "schools.flash.retired", room.name());
    }

    @GetMapping("/places/{spots}")
    ModelAndView spots(Wearer me, @PathVariable String spots) {
        return Pages.show("schools/places/spots", page(me, spot(spots), "", List.of()));
    }

    @PostMapping("/places/{spots}")
    ModelAndView add(Wearer me, @PathVariable String spots, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Spot spot = spot(spots);
        Typed form = new Typed(typed);
        String name = form.text("name");
        @Nullable Refusal no = named(me, spot, name, null);
        if (no != null) return Pages.refused("schools/places/spots", page(me, spot, name, List.of(no)));
        once(form, "places." + spots + name, () -> {
            store.add(me.school(), spot, ids.next(), name);
            return true;
        });
        return Pages.done("/places/" + spots, redirect, "schools.flash.saved", name);
    }

    @PostMapping("/places/{spots}/{id}")
    ModelAndView rename(Wearer me, @PathVariable String spots, @PathVariable UUID id, @RequestParam(defaultValue = "") String name, RedirectAttributes redirect) {
        Spot spot = spot(spots);
        @Nullable Refusal no = named(me, spot, name.strip(), id);
        if (no != null) return Pages.refused("schools/places/spots", page(me, spot, "", List.of(no)));
        if (!store.rename(me.school(), spot, id, name.strip())) throw new NotFound();
        return Pages.done("/places/" + spots, redirect, "schools.flash.saved", name.strip());
    }

    @PostMapping("/places/{spots}/{id}/removal")
    ModelAndView remove(Wearer me, @PathVariable String spots, @PathVariable UUID id, RedirectAttributes redirect) {
        Spot spot = spot(spots);
        PlacesStore.Named gone = store.spots(me.school(), spot).stream().filter(n -> n.id().equals(id)).findFirst().orElseThrow(NotFound::new);
        if (!store.remove(me.school(), spot, id)) return Pages.refused("schools/places/spots", page(me, spot, "", List.of(new Refusal.Simple("schools.refused.used", "", List.of(gone.name())))));
        return Pages.done("/places/" + spots, redirect, "schools.flash.removed", gone.name());
    }

    private @Nullable Refusal named(Wearer me, Spot spot, String name, @Nullable UUID self) {
        if (name.isEmpty() || name.length() > NAME) return new Refusal.Simple("schools.refused.name", "name", List.of());
        boolean twice = store.spots(me.school(), spot).stream().anyMatch(n -> n.name().equals(name) && !n.id().equals(self));
        return twice ? new Refusal.Simple("schools.refused.twice", "name", List.of(name)) : null;
    }

    private boolean once(Typed form, String params, java.util.function.BooleanSupplier act) {
        return Boolean.TRUE.equals(transactions.execute(t -> {
            boolean[] done = {true};
            keys.once(form.key(ids), params, () -> {
                done[0] = act.getAsBoolean();
                if (!done[0]) t.setRollbackOnly();
                return "done";
            });
            return done[0];
        }));
    }

    private static Spot spot(String path) {
        return Spot.of(path).orElseThrow(NotFound::new);
    }

    private SpotsPage page(Wearer me, Spot spot, String typed, List<? extends Refusal> refusals) {
        return new SpotsPage(spot, store.spots(me.school(), spot).stream().map(n -> new SpotsPage.Row(n.id(), n.name())).toList(), typed, refusals);
    }

    private List<Choice> campuses(Wearer me) {
        return store.spots(me.school(), Spot.CAMPUSES).stream().map(c -> Choice.of(c.id().toString(), c.name())).toList();
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/places", "schools.nav.places", "pin", 690, Set.of(Role.OFFICE, Role.PRINCIPAL)));
        }
    }
}
