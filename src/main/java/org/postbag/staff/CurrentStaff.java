package org.postbag.staff;

/** Who is signed in, for pages and for the trail. */
public interface CurrentStaff {

    /** The member of staff, or token, on whose behalf this request runs. Throws where nobody is signed in: such a request never gets to a page of staff's. */
    StaffMember member();
}
