package org.postbag.staff.access;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.postbag.staff.StaffMember;
import org.postbag.staff.StaffSession;
import org.postbag.staff.StaffSessions;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Asked again and again while a page is open, of the session and of the database: what ends or changes in either counts at once. */
@Component
class OpenSessions implements StaffSessions {

    private final StaffUsers users;
    private final SessionUse use;

    OpenSessions(StaffUsers users, SessionUse use) {
        this.users = users;
        this.use = use;
    }

    @Override
    public Optional<StaffSession> current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                        && authentication.getPrincipal() instanceof StaffUser user
                        && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                        && request.getRequest().getSession(false) instanceof HttpSession session
                ? Optional.of(new Open(session, user))
                : Optional.empty();
    }

    /** Never shown: who has a session's id has the session. */
    private record Key(String sessionId) {
        @Override
        public String toString() {
            return "Session";
        }
    }

    private final class Open implements StaffSession {
        private final HttpSession session;
        private final Key key;
        private final StaffUser then;

        Open(HttpSession session, StaffUser then) {
            this.session = session;
            this.key = new Key(session.getId());
            this.then = then;
        }

        @Override
        public Object key() {
            return key;
        }

        @Override
        public Optional<StaffMember> member() {
            if (isOver()) {
                return Optional.empty();
            }
            try {
                return users.find(then.id()).filter(then::goesOnAs).map(StaffUser::member);
            } catch (DataAccessException away) {
                // Nobody can change who works here now.
                return Optional.of(then.member());
            }
        }

        private boolean isOver() {
            try {
                session.getCreationTime();
            } catch (IllegalStateException ended) {
                return true;
            }
            return use.isOver(session);
        }
    }
}
