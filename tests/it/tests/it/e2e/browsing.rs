//! The demo booking in a real browser, from the room to what the booking site reads in the end.

use super::browser::Browser;
use super::payer::{DECLINED, PAYS};
use super::world::World;

#[tokio::test]
async fn a_demo_booking_is_paid() {
    let world = World::start().await;
    let mut browser = Browser::at_the_demo(&world, "paid").await;
    let reference = browser.book().await;
    browser.enter_card(PAYS).await;
    browser.picture("confirm").await;
    browser.press("#confirm").await;
    browser.expect_heading("Payment received").await;
    browser.press("a.button").await;
    assert_eq!(browser.text("#reference").await, reference, "back at the booking site");
    browser.picture("back").await;
    browser.expect_stay(&reference, "succeeded").await;
    browser.close().await;
    assert_eq!(world.simulator.payments(&reference).await.len(), 1);
    world.stop().await;
}

#[tokio::test]
async fn a_declined_demo_booking_is_tried_again_and_paid() {
    let world = World::start().await;
    let mut browser = Browser::at_the_demo(&world, "declined").await;
    let reference = browser.book().await;
    browser.enter_card(DECLINED).await;
    browser.picture("declined").await;
    browser.press("#return-url").await;
    browser.expect_heading("Payment failed").await;
    browser.press("button").await;
    browser.enter_card(PAYS).await;
    browser.press("#confirm").await;
    browser.expect_heading("Payment received").await;
    browser.expect_stay(&reference, "succeeded").await;
    browser.close().await;
    assert_eq!(world.simulator.ledger().await["payments"].as_array().unwrap().len(), 2);
    world.stop().await;
}

#[tokio::test]
async fn a_demo_booking_is_canceled_on_the_providers_page() {
    let world = World::start().await;
    let mut browser = Browser::at_the_demo(&world, "canceled").await;
    let reference = browser.book().await;
    browser.press("#cancel-payment").await;
    browser.picture("canceled").await;
    let landing = world.simulator.payments(&reference).await[0]["return_url"].as_str().unwrap().to_owned();
    browser.client.goto(&landing).await.unwrap();
    browser.expect_heading("Payment canceled").await;
    browser.expect_stay(&reference, "canceled").await;
    browser.close().await;
    world.stop().await;
}

#[tokio::test]
async fn a_demo_booking_that_nobody_pays_expires() {
    let world = World::start().await;
    let mut browser = Browser::at_the_demo(&world, "expired").await;
    let reference = browser.book().await;
    world.pass(91).await;
    let landing = world.simulator.payments(&reference).await[0]["return_url"].as_str().unwrap().to_owned();
    browser.client.goto(&landing).await.unwrap();
    browser.expect_heading("Time ran out").await;
    browser.expect_stay(&reference, "expired").await;
    browser.close().await;
    world.stop().await;
}

#[tokio::test]
async fn i4_the_browser_closed_after_paying_and_every_webhook_lost_the_schedule_finds_it() {
    let world = World::start().await;
    let mut browser = Browser::at_the_demo(&world, "closed").await;
    let site = browser.site.clone();
    world.simulator.lose_webhooks().await;
    let reference = browser.book().await;
    browser.enter_card(PAYS).await;
    browser.send_and_leave(&world, "form:has(#confirm)").await;
    assert_eq!(world.simulator.payments(&reference).await[0]["status"], "success");
    world.pass(5).await;
    let mut later = Browser::at(&site, "closed-later").await;
    later.expect_stay(&reference, "succeeded").await;
    later.close().await;
    world.stop().await;
}
