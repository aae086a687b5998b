/** Measurements of a running hub from outside: requests on real connections, CPU by the operating system's account. */
@NullMarked
package dev.vectorhub.launcher.bench;

import org.jspecify.annotations.NullMarked;
