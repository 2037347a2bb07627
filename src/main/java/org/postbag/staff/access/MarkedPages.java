package org.postbag.staff.access;

import org.postbag.staff.PageAccess;
import org.postbag.staff.StaffMember;
import org.springframework.stereotype.Component;

/** Reads from the pages' own marks who may open them. */
@Component
class MarkedPages implements PageAccess {

    private final Handlers handlers;

    MarkedPages(Handlers handlers) {
        this.handlers = handlers;
    }

    @Override
    public boolean mayOpen(String path, StaffMember member) {
        return handlers.page(path)
                .map(access -> switch (access) {
                    case Access.Anyone() -> true;
                    case Access.Nobody() -> false;
                    case Access.Staff(var roles, var _, var _) ->
                        member.roles().stream().anyMatch(roles::contains);
                })
                .orElse(false);
    }
}
