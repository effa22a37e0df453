package afterbell.testing;

import afterbell.Afterbell;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole house on a real database and a real port, empty of schools ({@link GivenSchool} makes one). All tests with this annotation share
 * one context; each makes its own school, so none needs to clean up. The tag keeps them out of {@code test --fast}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("house")
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = TestDatabase.class)
@Import({GivenSchool.class, GivenClass.class, GivenLetter.class, GivenTerm.class, GivenRound.class, GivenSeats.class, GivenResult.class, Visitor.Maker.class, GivenFamily.class, GivenWays.class, GivenToken.class, GivenDuty.class, GivenAfternoon.class, GivenPayments.class, GivenCrowd.class})
public @interface HouseTest {}
