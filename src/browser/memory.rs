//! The module's allocator: a stack.
//!
//! What the core allocates is short: texts on their way to an error message, gone before the call returns. So memory is handed
//! out upwards; the last piece can be given back or grown where it is; and when all that came after [`keep`] has been given
//! back, everything above that point is free again. What a run of the core needs at the most is what the module ever holds.
//!
//! A general allocator is two kilobytes of module, a sixth of it, to solve what does not arise here.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::ptr::null_mut;

/// The stack's state. The module has one thread.
struct Stack {
    /// The first free address; 0 before the first allocation.
    top: Cell<usize>,
    /// What lies below is kept for good, whether it is given back or not.
    floor: Cell<usize>,
    /// How many pieces above `floor` are in use.
    pieces: Cell<usize>,
}

// SAFETY: WebAssembly without the threads proposal, which the build does not enable, has one thread.
unsafe impl Sync for Stack {}

#[global_allocator]
static STACK: Stack = Stack {
    top: Cell::new(0),
    floor: Cell::new(0),
    pieces: Cell::new(0),
};

const PAGE: usize = 65_536;

/// Keeps what is allocated now for good.
pub(super) fn keep() {
    STACK.floor.set(STACK.top.get());
    STACK.pieces.set(0);
}

/// The first free address: behind the data and the shadow stack, where the linker says.
fn heap_base() -> usize {
    unsafe extern "C" {
        static __heap_base: u8;
    }
    (&raw const __heap_base) as usize
}

impl Stack {
    /// Makes room up to an address.
    fn reach(&self, end: usize) -> bool {
        let have = core::arch::wasm32::memory_size::<0>() * PAGE;
        let missing = end.saturating_sub(have).div_ceil(PAGE);
        missing == 0 || core::arch::wasm32::memory_grow::<0>(missing) != usize::MAX
    }
}

// SAFETY: a piece lies between the `top` it was given at and the next, which only moves below its end when it is given back, or
// when every piece above `floor` is. Sums are checked: an address beyond 4 GiB is refused.
unsafe impl GlobalAlloc for Stack {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let top = match self.top.get() {
            0 => heap_base(),
            top => top,
        };
        let start = top.checked_next_multiple_of(layout.align());
        let end = start.and_then(|start| start.checked_add(layout.size()));
        let (Some(start), Some(end)) = (start, end) else {
            return null_mut();
        };
        if !self.reach(end) {
            return null_mut();
        }
        self.top.set(end);
        self.pieces.set(self.pieces.get() + 1);
        start as *mut u8
    }

    #[inline(never)]
    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        let start = piece as usize;
        if start < self.floor.get() {
            return;
        }
        let pieces = self.pieces.get() - 1;
        self.pieces.set(pieces);
        if pieces == 0 {
            self.top.set(self.floor.get().max(heap_base()));
        } else if start + layout.size() == self.top.get() {
            self.top.set(start);
        }
    }

    #[inline(never)]
    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let start = piece as usize;
        if start >= self.floor.get() && start + layout.size() == self.top.get() {
            return match start.checked_add(size) {
                Some(end) if self.reach(end) => {
                    self.top.set(end);
                    piece
                }
                _ => null_mut(),
            };
        }
        // SAFETY: the caller's layout, with another size that it vouches for.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                core::ptr::copy_nonoverlapping(piece, moved, layout.size().min(size));
                self.dealloc(piece, layout);
            }
            moved
        }
    }
}
