package org.postbag.staff;

import java.util.Optional;

/** The session behind a request of staff's, for what goes on after the request: a stream of events to an open page. */
public interface StaffSession {

    /** Equal for the same session only; not the session's id. */
    Object key();

    /** Who it is of, as they are now; empty once it is over: signed out, not used for its time, deactivated, with a new password. */
    Optional<StaffMember> member();
}
