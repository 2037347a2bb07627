package org.postbag.console.reaching;

import java.util.Set;

/** The machines that files name, which only an administrator of this machine can write: routes with their settings, connectors with their defaults. */
public interface MachinesOfFiles {

    /** In small letters. */
    Set<String> machines();
}
