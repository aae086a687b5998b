package dev.vectorhub.event;

/** Who wants to hear the news. Called on the listener's thread: quick, and never throwing. */
public interface EventSubscriber {

    void onEvent(HubEvent event);

    /** News may have been missed: whatever was cached may be stale. */
    void onGap();
}
