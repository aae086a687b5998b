package dev.vectorhub.console;

import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;

/** Sends secure cookies over plain HTTP too, as browsers do on the loopback interface. */
record LoopbackCookies(CookieStore store) implements CookieStore {
    @Override
    public void add(URI uri, HttpCookie cookie) {
        cookie.setSecure(false);
        store.add(uri, cookie);
    }

    @Override
    public List<HttpCookie> get(URI uri) {
        return store.get(uri);
    }

    @Override
    public List<HttpCookie> getCookies() {
        return store.getCookies();
    }

    @Override
    public List<URI> getURIs() {
        return store.getURIs();
    }

    @Override
    public boolean remove(URI uri, HttpCookie cookie) {
        return store.remove(uri, cookie);
    }

    @Override
    public boolean removeAll() {
        return store.removeAll();
    }
}
