//! Texts: the strings of a record, keys too, and what an agent's format says of them.

/// Where in a record a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The key of an object.
    Key,
    /// A string value.
    Value,
    /// A number, as written.
    Number,
    /// A line or more outside JSON.
    Plain,
}

/// What an agent's format says a text is. `Free` where it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Field {
    /// Nothing known: prose, output, anything.
    #[default]
    Free,
    /// A structural value (uuid, id, timestamp, type) that has the shape it should have: kept, not searched.
    Structural,
    /// Bytes that mean something only to whoever made them (a signature, encrypted reasoning): kept, not searched.
    Opaque,
    /// Thinking that a signature covers: any change empties it.
    SignedThinking,
    /// A person's words, or those that an agent gives a tool.
    Prose,
    /// An agent's words to the one who asked, or what a program that shows no files gave back: as JSON over lines it is an
    /// answer, not a file.
    Answer,
    /// A shell command line or script.
    Command,
    /// What a tool printed: anything, often code.
    Output,
    /// Source code, all of it; the language by the file it belongs to, or empty.
    Code(&'static str),
    /// Lines of a patch, with their signs.
    Patch(&'static str),
    /// A path, all of it.
    Path,
    /// The working directory.
    WorkingDirectory,
    /// A git branch.
    Branch,
    /// A URL of a pull request or a repository, or `org/repo`.
    Repository,
    /// The uuid or name of an account or an organisation.
    Account,
    /// The name of an agent, a machine or a team.
    Name,
    /// An image or a document in base64, by its media type.
    Media(MediaKind),
}

/// Kinds of media with a minimal valid replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// `image/png`, and what is unknown.
    Png,
    /// `image/jpeg`.
    Jpeg,
    /// `image/gif`.
    Gif,
    /// `image/webp`.
    Webp,
    /// `application/pdf`.
    Pdf,
    /// `image/svg+xml`.
    Svg,
    /// `image/bmp`.
    Bmp,
    /// `audio/wav`.
    Wav,
    /// An archive, as documents of offices are.
    Zip,
    /// `image/tiff`.
    Tiff,
    /// `image/x-icon`.
    Ico,
    /// `image/heic`.
    Heic,
    /// `image/avif`.
    Avif,
    /// `audio/mpeg`.
    Mp3,
    /// `audio/ogg`.
    Ogg,
    /// `audio/flac`.
    Flac,
    /// `video/mp4`, `audio/mp4`.
    Mp4,
    /// `video/webm`, `audio/webm`.
    Webm,
    /// `application/gzip`.
    Gzip,
    /// A document that is text.
    Text,
    /// Anything else: replaced by nothing.
    Other,
}

impl MediaKind {
    /// Whether its bytes mean nothing but the medium, so that what looks like something in them is nothing.
    #[must_use]
    pub(crate) fn is_opaque(self) -> bool {
        !matches!(self, Self::Other | Self::Svg | Self::Text | Self::Gzip)
    }
}
