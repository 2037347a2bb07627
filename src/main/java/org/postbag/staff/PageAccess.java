package org.postbag.staff;

/** Whether someone may open a page, asked before a link to it is shown. */
public interface PageAccess {

    /** False also where there is no such page. */
    boolean mayOpen(String path, StaffMember member);
}
