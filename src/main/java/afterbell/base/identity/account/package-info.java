/** A person's own page: name, phone, password, open sessions, tokens for programs. */
@NullMarked
package afterbell.base.identity.account;

import org.jspecify.annotations.NullMarked;
