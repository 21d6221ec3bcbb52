/** Every reason for which a file is refused, or cannot be used. */
export type AttachmentFault =
  /** The deployment takes no files from guests. */
  | 'disabled'
  /** Not a type that the deployment takes, or an extension that it never takes. */
  | 'type'
  /** Larger than allowed, or another size than was announced. */
  | 'size'
  | 'empty'
  /** The bytes are not what the type says, or they are a program. */
  | 'content'
  /** No extension, a folder in it, or characters that deceive. */
  | 'name'
  | 'name_too_long'
  | 'expired'
  /** There is none, it was deleted, or it is somebody else's. */
  | 'unknown'
  | 'not_uploaded'
  /** The address was used, or another message carries the file. */
  | 'used'
  /** The contact has as many under way as are allowed. */
  | 'too_many'
