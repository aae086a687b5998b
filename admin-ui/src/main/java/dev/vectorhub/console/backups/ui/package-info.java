@NullMarked
package dev.vectorhub.console.backups.ui;

import org.jspecify.annotations.NullMarked;
