/** Who of the school may do what: roles on the school, a grade or a class, given and taken by the office; staff invited by slip or link. */
@NullMarked
package afterbell.base.roster.roles;

import org.jspecify.annotations.NullMarked;
