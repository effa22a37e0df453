package afterbell.testing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Counts what each request asks of the database. It stands between the house and its pool, so it sees every statement whoever sends it; begin and commit
 * are none, and setting the scope is left out. Whether a transaction wrote is what PostgreSQL says of it when it ends: a function that writes, or a lock
 * on a row, is found as well as an insert.
 */
public final class Statements {
    private static final Pattern SCOPE = Pattern.compile("set_config\\('afterbell\\.hat'");
    private static final Pattern WRITE = Pattern.compile("^\\s*(insert|update|delete|merge|truncate)\\b", Pattern.CASE_INSENSITIVE);

    private final ThreadLocal<@Nullable Request> now = new ThreadLocal<>();
    private final BlockingQueue<Request> done = new LinkedBlockingQueue<>();

    /**
     * One request.
     *
     * @param path as it was asked
     * @param asked statements in their order, without the one that sets the scope
     * @param writes statements that write by their first word, and transactions that wrote without such
     */
    public record Request(String path, String pattern, List<String> asked, List<String> writes) {}

    /** Brings the counter into a context; not part of {@link HouseTest}, for it slows every statement. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Counting {
        @Bean
        static Statements statements() {
            return new Statements();
        }

        @Bean
        static BeanPostProcessor countingDataSource(Statements statements) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource pool ? statements.watching(DataSource.class, pool, "") : bean;
                }
            };
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        OncePerRequestFilter countingFilter(Statements statements) {
            return new OncePerRequestFilter() {
                @Override
                protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
                    List<String> asked = new ArrayList<>();
                    List<String> writes = new ArrayList<>();
                    statements.now.set(new Request(request.getRequestURI(), "", asked, writes));
                    try {
                        chain.doFilter(request, response);
                    } finally {
                        statements.now.remove();
                        @Nullable Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
                        statements.done.add(new Request(request.getRequestURI(), pattern == null ? request.getRequestURI() : pattern.toString(), List.copyOf(asked), List.copyOf(writes)));
                    }
                }
            };
        }
    }

    /** Forgets the requests that have ended so far. */
    public void forget() {
        done.clear();
    }

    /** The next request that ended since {@link #forget}; waits for it, because a browser has its answer before the house is done with it. */
    public Request next() {
        try {
            @Nullable Request request = done.poll(10, TimeUnit.SECONDS);
            if (request == null) throw new AssertionError("no request has ended");
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private <T> T watching(Class<T> kind, T target, String sql) {
        return kind.cast(Proxy.newProxyInstance(Statements.class.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
            if (target instanceof Connection c && method.getName().equals("commit")) ends(c);
            if (target instanceof Statement && method.getName().startsWith("execute")) count(arguments != null && arguments.length > 0 && arguments[0] instanceof String s ? s : sql);
            @Nullable Object result = call(target, method, arguments);
            return switch (result) {
                case Connection c -> watching(Connection.class, c, "");
                case PreparedStatement p when arguments != null && method.getName().equals("prepareStatement") -> watching(PreparedStatement.class, p, String.valueOf(arguments[0]));
                case Statement s when method.getName().equals("createStatement") -> watching(Statement.class, s, "");
                case null, default -> result;
            };
        }));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void count(String sql) {
        @Nullable Request request = now.get();
        if (request == null || SCOPE.matcher(sql).find()) return;
        String line = sql.strip().replaceAll("\\s+", " ");
        request.asked().add(line);
        if (WRITE.matcher(sql).find()) request.writes().add(line);
    }

    /** PostgreSQL gives a transaction a number when it first writes. */
    private void ends(Connection c) throws SQLException {
        @Nullable Request request = now.get();
        if (request == null) return;
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("select pg_current_xact_id_if_assigned() is not null")) {
            if (r.next() && r.getBoolean(1) && request.writes().isEmpty()) request.writes().add("a transaction that wrote: " + String.join("; ", request.asked()));
        }
    }
}
