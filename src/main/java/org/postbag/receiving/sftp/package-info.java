/** Folders of other machines, reached by SFTP: files are fetched whole and handed to who takes them, and leave their folder only when they are taken. */
@NamedInterface("sftp")
@NullMarked
package org.postbag.receiving.sftp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
