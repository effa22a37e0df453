/** Materials of courses, apart from the service's fee: finance tells what they cost, a family agrees, finance takes back what was not handed out. */
@NullMarked
package afterbell.money.billing.materials;

import org.jspecify.annotations.NullMarked;
