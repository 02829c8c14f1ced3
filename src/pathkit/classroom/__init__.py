"""The instructor's side: assign, grade without trusting the code, see what to reteach."""
