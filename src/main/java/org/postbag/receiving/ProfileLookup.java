package org.postbag.receiving;

/** What looking for a profile finds: the profile, or why there is none. */
public sealed interface ProfileLookup permits Profile, ProfileProblem {}
