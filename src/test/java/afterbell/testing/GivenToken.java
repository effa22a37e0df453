package afterbell.testing;

import afterbell.base.identity.Hashes;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Personal tokens, and programs that call the API with them. */
public final class GivenToken {
    private final GivenSchool given;
    private final Visitor.Maker visitors;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;

    GivenToken(GivenSchool given, Visitor.Maker visitors, JdbcClient sql, Ids ids, Clock clock) {
        this.given = given;
        this.visitors = visitors;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** A token of an account, good for a day. */
    public String of(UUID account) {
        String token = "test-" + ids.next();
        given.within(Scope.account(account), () -> sql.sql("insert into identity.token (token_id, account_id, hash, purpose, created_at, expires_at) values (:id, :a, :h, 'test', :now, :until)")
                .param("id", ids.next())
                .param("a", account)
                .param("h", Hashes.of(token))
                .param("now", Timestamp.from(clock.instant()))
                .param("until", Timestamp.from(clock.instant().plus(Duration.ofDays(1))))
                .update());
        return token;
    }

    /** A program with a token; without one where it is empty. */
    public Program program(String token) {
        return new Program(HttpClient.newHttpClient(), visitors.base(), token);
    }

    /** Calls the API as a program does: no cookies, no forms. */
    public record Program(HttpClient http, String base, String token) {

        public HttpResponse<String> get(String path) {
            return send(request(path).GET());
        }

        /** @param body JSON */
        public HttpResponse<String> send(String method, String path, String body, String key) {
            HttpRequest.Builder request = request(path).header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!key.isEmpty()) request.header("Idempotency-Key", key);
            return send(request);
        }

        private HttpRequest.Builder request(String path) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).header("Accept-Language", "zh-CN");
            return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
        }

        private HttpResponse<String> send(HttpRequest.Builder request) {
            try {
                return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
