package afterbell.base.shared.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.PersonSource;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.SecondFactorFirst;
import afterbell.base.shared.access.Strong;
import afterbell.base.shared.access.Wearer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

/** A handler that is strong is closed to a session without a second factor, and open to the same person with one. */
@Req("P13")
class AccessCheckTest {
    private static final UUID SCHOOL = UUID.randomUUID();

    @Allowed(Role.OFFICE)
    @Strong
    void export() {}

    @Allowed(Role.OFFICE)
    void page() {}

    @AfterEach
    void close() {
        Scopes.close();
    }

    @Test
    void an_export_of_identity_data_waits_for_the_second_factor() throws NoSuchMethodException {
        assertThatThrownBy(() -> enter("export", false)).isInstanceOf(SecondFactorFirst.class);
        assertThat(enter("export", true)).isTrue();
        assertThat(enter("page", false)).isTrue();
    }

    private boolean enter(String handler, boolean strong) throws NoSuchMethodException {
        Person person = new Person(UUID.randomUUID(), "office", strong, List.of(new Wearer.Grant(Role.OFFICE, SCHOOL, null, null, null, null)), List.of());
        PersonSource source = new PersonSource() {
            @Override
            public Optional<Person> find(HttpServletRequest request) {
                return Optional.of(person);
            }

            @Override
            public Optional<Person> findFresh(HttpServletRequest request) {
                return Optional.of(person);
            }
        };
        return new AccessCheck(source).preHandle(new MockHttpServletRequest(), new MockHttpServletResponse(), new HandlerMethod(this, AccessCheckTest.class.getDeclaredMethod(handler)));
    }
}
