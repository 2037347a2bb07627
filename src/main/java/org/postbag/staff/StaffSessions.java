package org.postbag.staff;

import java.util.Optional;

/** Where {@link StaffSession}s are found. */
public interface StaffSessions {

    /** That of this request; empty where there is none. */
    Optional<StaffSession> current();
}
