/**
 * Accounts, invitations, sign-in, and roles granted on a scope.
 *
 * <p>Words: account, session, slip, invitation, passkey, second factor, grant. Invariants: a session costs no write per request; whoever has no grant
 * sees nothing; identity digits are never proof; secrets are stored as hashes. Events in and out: none.
 */
@NullMarked
@ApplicationModule(id = "identity", allowedDependencies = {"shared", "shared::*", "schools", "audit"})
package afterbell.base.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
