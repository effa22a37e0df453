package afterbell.base.roster.importing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
@Req("R57")
class ImportScreensIT {
    private static final Pattern DIGEST = Pattern.compile("name=\"digest\" value=\"([^\"]+)\"");

    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    private UUID school;
    private Visitor office;

    @BeforeEach
    void anOffice() {
        school = given.school();
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    private HttpResponse<String> upload(String kind, String name, byte[] content) throws IOException, InterruptedException {
        office.get("/imports");
        String boundary = "----afterbell";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : Map.of("kind", kind, "_csrf", office.token()).entrySet())
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n" + field.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return office.http()
                .send(
                        HttpRequest.newBuilder(URI.create(visitors.base() + "/imports"))
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .header("Accept-Language", "zh-CN")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private String uploaded(String kind, String name, byte[] content) throws IOException, InterruptedException {
        HttpResponse<String> answer = upload(kind, name, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
    }

    private String seen(String path) {
        HttpResponse<String> page = office.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body()).as(path).doesNotContain("?roster.", "?sheet.", "?face.");
        return page.body();
    }

    private String digest(String page) {
        Matcher digest = DIGEST.matcher(page);
        assertThat(digest.find()).isTrue();
        return digest.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pupils", "staff", "rooms"})
    void a_file_of_the_demo_school_is_uploaded_looked_at_and_confirmed(String kind) throws Exception {
        String draft = uploaded(kind, kind + ".xlsx", Files.readAllBytes(Path.of("demo", kind + ".xlsx")));
        for (String list : PreviewPage.LISTS) seen(draft + "?show=" + list);
        String page = seen(draft + "?show=new&page=2");
        HttpResponse<String> done = office.post(draft + "/application", Map.of("digest", digest(page)));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(seen("/imports")).contains("最近导入");
        assertThat(office.get(draft).statusCode()).isEqualTo(404);
    }

    @Test
    void what_changed_since_it_was_seen_is_not_confirmed() throws Exception {
        byte[] file = "姓名,班级\n张三,三2\n".getBytes(StandardCharsets.UTF_8);
        String first = uploaded("pupils", "a.csv", file);
        String second = uploaded("pupils", "a.csv", file);
        String digest = digest(seen(first));
        assertThat(office.post(second + "/application", Map.of("digest", digest(seen(second)))).statusCode()).isEqualTo(303);
        HttpResponse<String> refused = office.post(first + "/application", Map.of("digest", digest));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("有了变化");
    }

    @Test
    void a_fault_is_mended_on_the_preview_and_the_columns_explained() throws Exception {
        String draft = uploaded("pupils", "名单.csv", "小朋友,班级,出生日期\n张三,三2,2017-2-30\n".getBytes(StandardCharsets.UTF_8));
        assertThat(seen(draft)).contains("缺少“姓名”");
        assertThat(office.post(draft + "/columns", Map.of("tab", "名单", "column.A", "name", "column.B", "class", "column.C", "birthday")).statusCode()).isEqualTo(303);
        assertThat(seen(draft)).contains("2017-2-30").contains("不是一个真实的日期");
        assertThat(office.post(draft + "/cells", Map.of("tab", "名单", "row", "2", "column", "C", "text", "2017-2-28")).statusCode()).isEqualTo(303);
        assertThat(seen(draft)).contains("张三").contains("将新增 1");
    }

    @Test
    @Req("P9")
    void a_name_of_a_file_that_nobody_typed_is_kept_without_what_is_wrong_in_it_or_refused() throws Exception {
        byte[] file = "姓名,班级\n张三,三2\n".getBytes(StandardCharsets.UTF_8);
        String draft = uploaded("pupils", "a.csv\"; filename*=\"UTF-8''li%07st%1B.csv", file);
        assertThat(seen(draft)).contains("张三");
        assertThat(seen("/imports")).contains("list.csv");
        assertThat(upload("pupils", "a.csv\"; filename*=\"UTF-8''li%00st.csv", file).statusCode()).as("a NUL, which no device has in a name").isEqualTo(400);
    }

    @Test
    void questions_are_answered_on_the_preview() throws Exception {
        String first = uploaded("pupils", "a.csv", "姓名,班级,出生日期\n张三,三2,2017-2-28\n".getBytes(StandardCharsets.UTF_8));
        office.post(first + "/application", Map.of("digest", digest(seen(first))));
        String draft = uploaded("pupils", "a.csv", "姓名,班级,出生日期\n张三,三3,2017-2-28\n".getBytes(StandardCharsets.UTF_8));
        assertThat(seen(draft)).contains("可能是转班").contains("就是系统里的 张三");
        assertThat(office.post(draft + "/suggestions", Map.of()).statusCode()).isEqualTo(303);
        assertThat(seen(draft)).contains("三(3)班").contains("变更 1");
    }

    @Test
    void who_is_missing_is_listed_and_leaves_only_when_ticked() throws Exception {
        String first = uploaded("pupils", "a.csv", "姓名,班级\n张三,三2\n李四,三2\n".getBytes(StandardCharsets.UTF_8));
        office.post(first + "/application", Map.of("digest", digest(seen(first))));
        String draft = uploaded("pupils", "a.csv", "姓名,班级\n张三,三2\n".getBytes(StandardCharsets.UTF_8));
        String page = seen(draft + "?show=gone");
        Matcher row = Pattern.compile("name=\"row\" value=\"([0-9a-f-]{36})\"").matcher(page);
        assertThat(row.find()).isTrue();
        office.post(draft + "/gone", Map.of("row", row.group(1)));
        assertThat(seen(draft)).contains("移除 1");
    }

    @Test
    void what_can_not_be_read_is_refused_in_words_and_keeps_nothing() throws Exception {
        assertThat(upload("pupils", "a.xls", "<html><table>".getBytes(StandardCharsets.UTF_8)).body()).contains("网页格式");
        assertThat(upload("pupils", "a.xlsx", new byte[0]).statusCode()).isEqualTo(422);
        assertThat(upload("pupils", "a.csv", "商品,单价\n铅笔,1\n".getBytes(StandardCharsets.UTF_8)).body()).contains("没有找到表头");
        assertThat(upload("nothing", "a.csv", "姓名,班级\n张三,三2\n".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(404);
        assertThat(office.get("/imports/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(office.get("/imports/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void nonsense_in_the_address_or_a_form_is_never_a_failure() throws Exception {
        String draft = uploaded("pupils", "a.csv", "姓名,班级\n张三,三2\n".getBytes(StandardCharsets.UTF_8));
        seen(draft + "?show=%F0%9F%98%80&page=99999&sort=x&cols=y");
        assertThat(office.post(draft + "/cells", Map.of("tab", "x", "row", "2", "column", "--", "text", "y")).statusCode()).isEqualTo(303);
        assertThat(office.post(draft + "/cells", Map.of("tab", "x", "row", "zwei", "column", "A", "text", "y")).statusCode()).isLessThan(500);
        assertThat(office.post(draft + "/cells", Map.of()).statusCode()).isLessThan(500);
        assertThat(office.post(draft + "/answers", Map.of("row.2.!!", "new", "row.2.AAAA", "rubbish", "row.99999999999.AA", "new")).statusCode()).isEqualTo(303);
        assertThat(office.post(draft + "/columns", Map.of("tab", "a", "column.A", "nonsense")).statusCode()).isEqualTo(303);
        assertThat(office.get(draft).statusCode()).isLessThan(500);
        assertThat(office.post(draft + "/application", Map.of("digest", "old")).statusCode()).isEqualTo(422);
    }

    @Test
    void templates_are_read_by_the_import_itself() throws Exception {
        assertThat(office.get("/imports/templates/pupils.xlsx").statusCode()).isEqualTo(200);
        assertThat(office.get("/imports/templates/nothing.xlsx").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRINCIPAL", "GUARD", "SERVICE_TEACHER", "FINANCE", "DUTY_LEADER", "SUPERVISOR"})
    void nobody_but_the_office_imports(String role) {
        Visitor other = visitors.signedIn(given.staff(school, Role.valueOf(role)));
        assertThat(other.get("/imports").statusCode()).isEqualTo(403);
        assertThat(other.post("/imports/" + UUID.randomUUID() + "/application", Map.of("digest", "x")).statusCode()).isEqualTo(403);
    }
}
