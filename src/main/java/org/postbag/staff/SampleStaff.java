package org.postbag.staff;

import java.util.List;

/** The made-up staff of try mode: one person for each role. They exist in no other mode. */
public record SampleStaff(String username, String name, Role role) {

    /** One password for all of them, printed when try mode starts: it guards made-up data on loopback. */
    public static final String PASSWORD = "try-postbag";

    public static final List<SampleStaff> ALL = List.of(
            new SampleStaff("rhian", "Rhian Bevan", Role.READER),
            new SampleStaff("priya", "Priya Nair", Role.OFFICER),
            new SampleStaff("owen", "Owen Pritchard", Role.REVIEWER),
            new SampleStaff("kwame", "Kwame Mensah", Role.CALL_HANDLER),
            new SampleStaff("diane", "Diane Okafor", Role.DATA_PROTECTION_OFFICER),
            new SampleStaff("vera", "Vera Lindqvist", Role.ROUTE_VIEWER),
            new SampleStaff("tom", "Tom Ackroyd", Role.ROUTE_OPERATOR),
            new SampleStaff("esme", "Esme Carrick", Role.ROUTE_EDITOR),
            new SampleStaff("alan", "Alan Whitlock", Role.ROUTE_APPROVER),
            new SampleStaff("ada", "Ada Fairbairn", Role.ADMINISTRATOR));

    /** The sample person of a role. */
    public static SampleStaff of(Role role) {
        return ALL.stream().filter(person -> person.role() == role).findFirst().orElseThrow();
    }
}
