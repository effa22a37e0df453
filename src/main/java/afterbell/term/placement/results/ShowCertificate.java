package afterbell.term.placement.results;

import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Component
class ShowCertificate {
    private final JdbcClient sql;
    private final Schools schools;
    private final JsonMapper json;

    ShowCertificate(JdbcClient sql, Schools schools, JsonMapper json) {
        this.sql = sql;
        this.schools = schools;
        this.json = json;
    }

    private record Row(String drawOrder, String certificate, Instant publishedAt, String seedHash, String inputHash, String publicName, String publicValue, String seed) {}

    @Transactional(readOnly = true)
    public CertificatePage page(UUID school, UUID run) {
        Row row = sql.sql("select draw_order, certificate, published_at, seed_hash, input_hash, public_name, public_value, seed from placement.public_draw(:s, :r)")
                .param("s", school)
                .param("r", run)
                .query(Row.class)
                .optional()
                .orElseThrow(NotFound::new);
        JsonNode c = json.readTree(row.certificate());
        Map<String, Long> levels = new LinkedHashMap<>();
        c.path("levels").propertyStream().forEach(e -> levels.put(e.getKey(), e.getValue().asLong(0)));
        Map<String, Long> counts = new LinkedHashMap<>();
        c.path("counts").propertyStream().forEach(e -> counts.put(e.getKey(), e.getValue().asLong(0)));
        counts.put("nothing", c.path("nothing").asLong(0));
        return new CertificatePage(
                schools.get(school).name(),
                row.drawOrder(),
                c.path("order_version").asInt(1),
                c.path("proved").asBoolean(false),
                row.publishedAt(),
                row.seedHash(),
                row.seed(),
                row.inputHash(),
                row.publicValue(),
                c.path("input_sha256").asString(""),
                c.path("result_sha256").asString(""),
                c.path("families_root").asString(""),
                c.path("engine").path("release").asString("") + " / " + c.path("engine").path("solver").asString("") + " / " + c.path("engine").path("platform").asString(""),
                levels,
                counts,
                sql.sql("select cause, input_hash, public_name, committed_at as at from placement.public_commitments(:s, :r)")
                        .param("s", school)
                        .param("r", run)
                        .query(CertificatePage.Commitment.class)
                        .list());
    }
}
