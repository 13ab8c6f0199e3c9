//! What only GitHub Copilot does: what is said stands in the data of an event, whose type says who says it.

use super::{
    Walk,
    key::Key,
    scene::{Frame, Scene},
};

/// The data of an event in which someone speaks, as a message; `None` if it is no such event's.
pub(super) fn said(walk: &Walk<'_>, frame: &Frame) -> Option<Frame> {
    let event = walk.frames.last().filter(|above| frame.key == Key::Data && above.scene == Scene::Record)?;
    let agent = match walk.member(event.start as usize, b"type")? {
        b"user.message" => false,
        b"assistant.message" => true,
        _ => return None,
    };
    Some(Frame { scene: Scene::Message, agent, ..*frame })
}
