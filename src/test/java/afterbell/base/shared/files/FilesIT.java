package afterbell.base.shared.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.files.Files.Audience;
import afterbell.base.shared.files.Files.Kept;
import afterbell.base.shared.files.Files.Wanted;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class FilesIT {
    private static final Set<FileKind> ANY = EnumSet.allOf(FileKind.class);

    @Autowired
    GivenSchool given;

    @Autowired
    Files files;

    @Autowired
    Ids ids;

    @Autowired
    JdbcClient sql;

    private Outcome<Kept> put(UUID school, Audience audience, UUID pupil, byte[] content, Set<FileKind> kinds, int megabytes) {
        return given.in(school, () -> files.put(new Wanted(school, audience, pupil, kinds, "photo", megabytes), new ByteArrayInputStream(content)));
    }

    private static Kept done(Outcome<Kept> outcome) {
        if (outcome instanceof Outcome.Done<Kept>(Kept kept)) return kept;
        throw new AssertionError(outcome.toString());
    }

    private static byte[] pdf(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 9);
        System.arraycopy("\n%%EOF\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, length - 7, 7);
        return bytes;
    }

    @Test
    void a_file_comes_back_byte_for_byte_over_many_pieces() {
        UUID school = given.school();
        byte[] content = pdf(3 * 256 * 1024 + 17);
        Kept kept = done(put(school, Audience.SCHOOL, null, content, ANY, 2));
        assertThat(kept.bytes()).isEqualTo(content.length);
        assertThat(given.in(school, () -> files.bytes(school, kept.id()))).isEqualTo(content);
    }

    @Test
    void the_content_decides_what_a_file_is() throws IOException {
        UUID school = given.school();
        byte[] page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        assertThat(put(school, Audience.SCHOOL, null, page, ANY, 1)).isInstanceOf(Outcome.Refused.class);
        assertThat(put(school, Audience.SCHOOL, null, new byte[0], ANY, 1)).isInstanceOf(Outcome.Refused.class);
        assertThat(put(school, Audience.SCHOOL, null, pdf(5000), Set.of(FileKind.JPEG), 1)).isInstanceOf(Outcome.Refused.class);
        assertThat(put(school, Audience.SCHOOL, null, Arrays.copyOf(pdf(5000), 4000), ANY, 1)).as("a PDF cut short").isInstanceOf(Outcome.Refused.class);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("evil.exe"));
        }
        assertThat(put(school, Audience.SCHOOL, null, zip.toByteArray(), ANY, 1)).as("a ZIP that is no workbook").isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void a_file_beyond_its_bound_is_refused_and_leaves_nothing() {
        UUID school = given.school();
        assertThat(put(school, Audience.SCHOOL, null, pdf(1024 * 1024 + 300_000), ANY, 1)).isInstanceOf(Outcome.Refused.class);
        assertThat(given.in(school, () -> sql.sql("select count(*) from shared.file_piece").query(Long.class).single())).isZero();
    }

    @Test
    void a_childs_picture_is_sealed_and_seen_by_its_own_family_alone() throws IOException {
        UUID school = given.school();
        UUID child = ids.next();
        UUID other = ids.next();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", png);
        Kept kept = done(put(school, Audience.CHILD, child, png.toByteArray(), ANY, 1));
        byte[] stored = given.in(school, () -> sql.sql("select content from shared.file_piece where file_id = :f").param("f", kept.id()).query((r, n) -> r.getBytes(1)).single());
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("PNG");
        Scope family = Scope.family(ids.next(), List.of(school), List.of(child));
        Scope neighbour = Scope.family(ids.next(), List.of(school), List.of(other));
        assertThat(given.within(family, () -> files.bytes(school, kept.id()))).isNotEmpty();
        assertThat(given.within(neighbour, () -> files.find(school, kept.id()))).isEmpty();
        assertThatThrownBy(() -> given.within(neighbour, () -> files.bytes(school, kept.id()))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> given.within(Scope.publicly(school), () -> files.bytes(school, kept.id()))).isInstanceOf(NotFound.class);
        UUID elsewhere = given.school();
        assertThat(given.in(elsewhere, () -> files.find(school, kept.id()))).isEmpty();
    }
}
