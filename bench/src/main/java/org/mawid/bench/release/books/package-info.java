/**
 * What is held and booked as far as anybody was told, and the comparison of that with what the server says.
 * <p>Door: {@link org.mawid.bench.release.books.Books}; in the end {@code Settling} finds out what nobody was told, and {@code Audit} compares.
 * <p>Thread: the one that decides. Not here: the history, which is checked by itself and knows nothing of these books.
 */
package org.mawid.bench.release.books;
