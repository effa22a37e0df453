package afterbell.base.roster;

import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetKinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Rooms and areas (R32), with the class at home in each. A room missing from the file stays: sessions may be planned in it. */
@Component
class RoomImport implements ImportTarget {
    private static final int USUAL_SEATS = 50;

    private final JdbcClient sql;
    private final Schools schools;
    private final Roster roster;
    private final Ids ids;

    RoomImport(JdbcClient sql, Schools schools, Roster roster, Ids ids) {
        this.sql = sql;
        this.schools = schools;
        this.roster = roster;
        this.ids = ids;
    }

    @Override
    public ImportKind kind(UUID school) {
        return SheetKinds.rooms();
    }

    @Override
    public String key() {
        return "rooms";
    }

    @Override
    public boolean exports() {
        return true;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Known> known(UUID school) {
        ImportKind kind = kind(school);
        Map<UUID, String> homes = new HashMap<>();
        for (SchoolClass each : roster.classes(school)) if (each.room() != null) homes.put(each.room(), each.grade() + "-" + each.number());
        List<Known> known = new ArrayList<>();
        for (Schools.Room room : schools.rooms(school)) {
            Map<String, String> record = new HashMap<>();
            record.put("code", room.code());
            record.put("name", room.name());
            record.put("kind", room.kind());
            record.put("seats", String.valueOf(room.capacity()));
            record.put("class", homes.getOrDefault(room.id(), ""));
            known.add(new Known(room.code(), kind.values(record)));
        }
        return known;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        Map<String, Schools.Room> rooms = schools.rooms(school).stream().collect(Collectors.toMap(Schools.Room::code, Function.identity()));
        int added = 0;
        int changed = 0;
        for (ImportPreview.Entry entry : preview.entries()) {
            switch (entry) {
                case ImportPreview.New fresh -> {
                    put(school, preview.kind().record(fresh.row().values()), ids.next());
                    added++;
                }
                case ImportPreview.Changed different -> {
                    String[] merged = preview.kind().merged(different.known().values(), different.row().values());
                    Schools.Room room = rooms.get(different.known().key());
                    put(school, preview.kind().record(merged), room == null ? ids.next() : room.id());
                    changed++;
                }
                case ImportPreview.Same ignored -> {}
                case ImportPreview.Ask ignored -> {}
                case ImportPreview.Skipped ignored -> {}
            }
        }
        return new Applied(added, changed, 0);
    }

    private void put(UUID school, Map<String, String> record, UUID id) {
        String kind = record.getOrDefault("kind", "other");
        int seats = Integer.parseInt(record.getOrDefault("seats", String.valueOf(USUAL_SEATS)));
        schools.putRoom(school, new Schools.Room(id, record.getOrDefault("code", ""), record.getOrDefault("name", ""), kind, seats, kind.equals("outdoor")));
        String home = record.get("class");
        if (home == null) return;
        sql.sql("""
                update roster.class c set room_id = (select room_id from schools.pub_room r where r.school_id = :s and r.code = :code)
                where c.school_id = :s and not c.retired and c.grade || '-' || c.number = :home
                """)
                .param("s", school)
                .param("code", record.getOrDefault("code", ""))
                .param("home", home)
                .update();
    }
}
